import { expect, it } from "vitest";
import { getRun } from "@/server/modules/runs/service";
import { edge, effect } from "@/server/modules/runs/runs.testkit";
import { pin, unpin } from "./service";
import { ask, scene } from "./tester.testkit";

it("M-24 Execute runs the stored draft for real, frozen beside the versions, and it ends like any run", async () => {
  const id = await scene.workflow(
    "frozen",
    { startNodeId: "old", nodes: [effect("old")], edges: [] },
    { startNodeId: "call", nodes: [effect("call", { path: "/frozen/${input.who}" })], edges: [] },
  );
  const run = await scene.test("frozen", { who: "ann" });
  expect(await scene.ended(run)).toMatchObject({
    status: "completed",
    test: true,
    version: 0,
    trigger_type: "test",
    trigger_label: "Test",
  });
  expect(scene.called).toContain("/frozen/ann");
  expect((await getRun(scene.tester.actor, run)).steps).toMatchObject([{ nodeId: "call", status: "completed" }]);

  const frozen = () =>
    scene.rows<{ number: number; published_at: null }>(
      "select number, published_at from workflow_versions where workflow_id = $1 and test_settings is not null order by number desc",
      [id],
    );
  await scene.ended(await scene.test("frozen", { who: "bob" }));
  expect(await frozen()).toEqual([{ number: -1, published_at: null }]);
  await scene.putDraft(id, { startNodeId: "call", nodes: [effect("call")], edges: [] });
  await scene.ended(await scene.test("frozen"));
  expect((await frozen()).map(({ number }) => number)).toEqual([-1, -2]);
});

it("M-24 no test setting is ever in a published version: pins stand beside the draft, and an override in it is refused", async () => {
  const id = await scene.workflow("clean", { startNodeId: "call", nodes: [effect("call")], edges: [] });
  await pin(scene.tester.actor, { slug: "clean", nodeId: "call", handle: "out", output: { pinned: true } });
  await scene.ended(await scene.test("clean"));
  expect((await scene.call("POST", "/api/workflows/clean/publish")).status).toBe(200);
  const versions = await scene.rows<{ number: number; test_settings: unknown; spec: unknown }>(
    "select number, test_settings, spec from workflow_versions where workflow_id = $1 and number > 0",
    [id],
  );
  expect(versions).toMatchObject([{ number: 1, test_settings: null }]);
  expect(JSON.stringify(versions[0]?.spec)).not.toContain("pinned");
  expect((await scene.call("GET", "/api/workflows/clean/versions/-1")).status).not.toBe(200);
  const overriding = { startNodeId: "call", nodes: [effect("call", { testOverride: { output: {} } })], edges: [] };
  await scene.call("POST", "/api/workflows", { slug: "override", name: "override", spec: overriding });
  expect(await scene.call("POST", "/api/workflows/override/publish")).toMatchObject({ status: 422 });
  // And a real run of the published version calls what tests have pinned.
  const before = scene.called.length;
  await scene.reached(await scene.start("clean"), "completed");
  expect(scene.called.slice(before)).toEqual(["/call"]);
});

it("a pinned step gives its output and takes its branch without a call, a question or a message", async () => {
  await scene.workflow("pinned", {
    startNodeId: "fetch",
    nodes: [
      effect("fetch", { path: "/pinned-fetch", repeatable: "unsafe" }),
      ask(),
      effect("granted"),
      effect("refused", { path: "/pinned/${step.fetch.output.plan}" }),
    ],
    edges: [edge("fetch", "ask"), edge("ask", "granted", "approved"), edge("ask", "refused", "rejected")],
  });
  const { actor } = scene.tester;
  await pin(actor, { slug: "pinned", nodeId: "fetch", handle: "out", output: { plan: "gold" } });
  await pin(actor, { slug: "pinned", nodeId: "ask", handle: "rejected", output: { decision: "rejected" } });
  const run = await scene.test("pinned");
  expect(await scene.ended(run)).toMatchObject({ status: "completed" });
  expect(scene.called).not.toContain("/pinned-fetch");
  expect(scene.called).toContain("/pinned/gold");
  const steps = await scene.steps(run);
  expect(steps.get("fetch")).toMatchObject({ output: { plan: "gold" }, summary: "Pinned output" });
  expect(steps.get("granted")).toMatchObject({ status: "skipped" });
  expect(await scene.rows("select 1 from receipts where run_id = $1 and key = 'fetch'", [run])).toEqual([]);
  expect(await scene.rows("select 1 from waitpoints where run_id = $1", [run])).toEqual([]);
  const detail = await getRun(actor, run);
  expect(detail.steps.find(({ nodeId }) => nodeId === "ask")?.warnings).toEqual([
    "Pinned output: the step was not run.",
  ]);

  await unpin(actor, "pinned", "fetch");
  await scene.ended(await scene.test("pinned"));
  expect(scene.called).toContain("/pinned-fetch");
  await expect(pin(actor, { slug: "pinned", nodeId: "fetch", handle: "maybe", output: 1 })).rejects.toThrow("way out");
  await expect(pin(actor, { slug: "pinned", nodeId: "nobody", handle: "out", output: 1 })).rejects.toThrow(
    "no such step",
  );
});

it("a pinned loop gives its output and none of its items runs", async () => {
  await scene.workflow("loop", {
    startNodeId: "each",
    nodes: [
      {
        id: "each",
        type: "loop",
        items: "input.list",
        body: { startNodeId: "pay", nodes: [effect("pay", { path: "/loop-pay" })], edges: [] },
      },
      effect("sum", { path: "/loop/${step.each.output[1]}" }),
    ],
    edges: [edge("each", "sum")],
  });
  await pin(scene.tester.actor, { slug: "loop", nodeId: "each", handle: "out", output: ["a", "b"] });
  const run = await scene.test("loop", { list: [1, 2, 3] });
  expect(await scene.ended(run)).toMatchObject({ status: "completed" });
  expect(scene.called).toContain("/loop/b");
  expect(scene.called).not.toContain("/loop-pay");
});

it("a run from a step takes what the earlier run gave before it and really does the rest", async () => {
  const spec = {
    startNodeId: "one",
    nodes: [
      effect("one", { path: "/from-one" }),
      ask(),
      effect("two", { path: "/from-two" }),
      effect("side", { path: "/from-side" }),
    ],
    edges: [edge("one", "ask"), edge("one", "side"), edge("ask", "two", "approved")],
  };
  const id = await scene.workflow("from", spec);
  const first = await scene.test("from");
  const asked = await scene.waitpoint(first, "ask");
  await scene.rehearse(first, asked.id, { type: "answer", outcome: "approved" });
  await scene.ended(first);
  scene.called.length = 0;
  const again = await scene.test("from", {}, { from: { nodeId: "two", runId: first } });
  expect(await scene.ended(again)).toMatchObject({ status: "completed" });
  expect(scene.called).toEqual(["/from-two"]);
  expect((await scene.steps(again)).get("one")).toMatchObject({ output: { path: "/from-one" } });
  await scene.workflow("other", spec);
  await expect(scene.test("other", {}, { from: { nodeId: "two", runId: first } })).rejects.toThrow("no such run");
  await expect(scene.test("from", {}, { from: { nodeId: "nope", runId: first } })).rejects.toThrow("nope");
  expect(id).not.toBe("");
});

it("a run from a step inside a loop repeats that step for every item, and nothing before it", async () => {
  await scene.workflow("inner", {
    startNodeId: "each",
    nodes: [
      {
        id: "each",
        type: "loop",
        items: "input.list",
        body: {
          startNodeId: "look",
          nodes: [effect("look", { path: "/look/${item}" }), effect("save", { path: "/save${step.look.output.path}" })],
          edges: [edge("look", "save")],
        },
      },
    ],
    edges: [],
  });
  const first = await scene.test("inner", { list: ["a", "b"] });
  await scene.ended(first);
  scene.called.length = 0;
  const again = await scene.test("inner", { list: ["a", "b"] }, { from: { nodeId: "save", runId: first } });
  expect(await scene.ended(again)).toMatchObject({ status: "completed" });
  expect([...scene.called].sort()).toEqual(["/save%2Flook%2Fa", "/save%2Flook%2Fb"]);
  expect((await scene.steps(again)).get("look[1]")).toMatchObject({ output: { path: "/look/b" } });
});

it("a failure can be pinned: the test goes the way drawn for it, without a call", async () => {
  await scene.workflow("fails", {
    startNodeId: "pay",
    nodes: [effect("pay", { path: "/fails-pay" }), effect("sorry", { path: "/fails-sorry" })],
    edges: [edge("pay", "sorry", "error")],
  });
  await pin(scene.tester.actor, { slug: "fails", nodeId: "pay", handle: "error", output: null });
  const run = await scene.test("fails");
  expect(await scene.ended(run)).toMatchObject({ status: "completed" });
  expect(scene.called).toContain("/fails-sorry");
  expect(scene.called).not.toContain("/fails-pay");
});
