import { afterAll, beforeAll, expect, it } from "vitest";
import { countPending, listApprovalsFor } from "@/server/modules/approvals/service";
import { getRun, listRunsFor } from "@/server/modules/runs/service";
import { edge, effect } from "@/server/modules/runs/runs.testkit";
import { pin, startTest, testBench, testQuestion, unpin } from "./service";
import { createTestingScene } from "./testing.testkit";

let scene: Awaited<ReturnType<typeof createTestingScene>>;
beforeAll(async () => {
  scene = await createTestingScene();
});
afterAll(() => scene.close());

const ask = (more: object = {}) => ({ id: "ask", type: "approval", assignTo: "role:operator", ...more });
const asking = {
  startNodeId: "before",
  nodes: [effect("before"), ask({ timeout: "P3D" }), effect("granted"), effect("refused"), effect("late")],
  edges: [
    edge("before", "ask"),
    edge("ask", "granted", "approved"),
    edge("ask", "refused", "rejected"),
    edge("ask", "late", "timed_out"),
  ],
};

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

it("F-32 an approval of a test asks its tester alone, and is in nobody else's inbox or count", async () => {
  await scene.workflow("asks", asking);
  const before = await countPending(scene.north.members.operator.actor);
  const run = await scene.test("asks");
  const asked = await scene.waitpoint(run, "ask");
  expect(asked).toMatchObject({
    assignees: [`user:${scene.tester.userId}`],
    request: { test: { insteadOf: ["role:operator"] } },
  });
  expect(await testQuestion(scene.tester.actor, { runId: run, waitpointId: asked.id })).toMatchObject({
    kind: "approval",
    insteadOf: ["Operator"],
    dueAt: asked.due_at?.toISOString(),
  });
  const inbox = async (member: typeof scene.tester) =>
    (await listApprovalsFor(member.actor, { view: "pending", limit: 50, offset: 0 })).items;
  expect(await inbox(scene.tester)).toMatchObject([
    { runId: run, test: true, canDecide: true, workflow: { version: 0 } },
  ]);
  expect((await inbox(scene.north.members.operator)).map((item) => item.runId)).not.toContain(run);
  expect(await countPending(scene.north.members.operator.actor)).toBe(before);
  await scene.rehearse(run, asked.id, { type: "answer", outcome: "rejected", comment: "Too dear" });
  expect(await scene.ended(run)).toMatchObject({ status: "completed" });
  expect((await scene.steps(run)).get("ask")).toMatchObject({ output: { decision: "rejected", comment: "Too dear" } });
  expect((await scene.steps(run)).get("refused")).toMatchObject({ status: "completed" });
  expect(
    await scene.rows("select action, data->>'rehearsal' as rehearsal from audit_entries where subject_id = $1", [
      asked.id,
    ]),
  ).toEqual([{ action: "approval.rejected", rehearsal: "true" }]);
  const { taken, runs } = await testBench(scene.tester.actor, "asks");
  expect(taken).toContainEqual({ nodeId: "ask", handle: "rejected" });
  expect(taken).not.toContainEqual({ nodeId: "ask", handle: "approved" });
  expect(runs).toMatchObject([{ id: run, test: true, status: "completed" }]);
  const shown = async (test?: boolean) =>
    (await listRunsFor(scene.tester.actor, test === undefined ? {} : { test }, { limit: 200, offset: 0 })).items.map(
      (item) => item.id,
    );
  expect(await shown(false)).not.toContain(run);
  expect(await shown(true)).toContain(run);
});

it("the deadline of an approval and a wait of three days are over as soon as the tester says so", async () => {
  await scene.workflow("late", asking);
  const run = await scene.test("late");
  const asked = await scene.waitpoint(run, "ask");
  expect(asked.due_at?.getTime()).toBeGreaterThan(Date.now() + 2 * 86_400_000);
  await scene.rehearse(run, asked.id, { type: "pass_time" });
  expect(await scene.ended(run)).toMatchObject({ status: "completed" });
  expect((await scene.steps(run)).get("late")).toMatchObject({ status: "completed" });
  expect((await scene.steps(run)).get("ask")).toMatchObject({ output: { decision: "timed_out" } });

  await scene.workflow("sleeps", {
    startNodeId: "sleep",
    nodes: [{ id: "sleep", type: "wait", duration: "P3D" }, effect("after", { path: "/slept" })],
    edges: [edge("sleep", "after")],
  });
  const slept = await scene.test("sleeps");
  const timer = await scene.waitpoint(slept, "sleep");
  await expect(scene.rehearse(slept, timer.id, { type: "answer", outcome: "approved" })).rejects.toThrow(
    "waits for a time",
  );
  await scene.rehearse(slept, timer.id, { type: "pass_time" });
  expect(await scene.ended(slept)).toMatchObject({ status: "completed" });
  expect(scene.called).toContain("/slept");
  await expect(scene.rehearse(slept, timer.id, { type: "pass_time" })).rejects.toThrow(
    "does not wait for this any more",
  );
});

it("forms, handoffs and callbacks are answered as their people and systems would", async () => {
  await scene.workflow("people", {
    startNodeId: "form",
    nodes: [
      {
        id: "form",
        type: "collect_form",
        schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
      },
      { id: "hand", type: "human_handoff", assignTo: "role:operator" },
      { id: "hook", type: "wait", callback: true },
      {
        id: "out",
        type: "output",
        output: {
          city: "${step.form.output.city}",
          how: "${step.hand.output.resolution}",
          paid: "${step.hook.output.paid}",
        },
      },
    ],
    edges: [edge("form", "hand"), edge("hand", "hook"), edge("hook", "out")],
  });
  const run = await scene.test("people");
  const form = await scene.waitpoint(run, "form");
  expect(form.assignees).toEqual([`user:${scene.tester.userId}`]);
  const submit = (values: Record<string, string>) =>
    scene.rehearse(run, form.id, { type: "answer", outcome: "submitted", values });
  await expect(submit({})).rejects.toThrow("not valid");
  await submit({ city: "Oslo" });
  const hand = await scene.waitpoint(run, "hand");
  await scene.rehearse(run, hand.id, { type: "answer", outcome: "refunded", comment: "Called them" });
  const hook = await scene.waitpoint(run, "hook");
  await scene.rehearse(run, hook.id, { type: "answer", outcome: "called", values: { paid: true } });
  expect(await scene.ended(run)).toMatchObject({
    status: "completed",
    output: { city: "Oslo", how: "refunded", paid: true },
  });
});

it("only a test can be rehearsed, and only by somebody who may change the workflow", async () => {
  await scene.publish("real", asking);
  const real = await scene.start("real");
  const asked = await scene.waitpoint(real, "ask");
  await expect(scene.rehearse(real, asked.id, { type: "answer", outcome: "approved" })).rejects.toThrow("real run");
  await expect(scene.rehearse(real, asked.id, { type: "pass_time" })).rejects.toThrow("real run");
  const { operator, approver, viewer } = scene.north.members;
  for (const member of [operator, approver, viewer]) {
    const asks = startTest(member.actor, { slug: "real", input: {}, allowLive: false });
    await expect(asks).rejects.toThrow("workflows:write");
  }
  const south = startTest(scene.south.members.owner.actor, { slug: "real", input: {}, allowLive: false });
  await expect(south).rejects.toThrow("no such workflow");
});

it("messages of a test go to its tester, marked, and neither subscribers nor customers hear of it", async () => {
  await scene.rows(
    "insert into webhook_subscriptions (id, organization_id, url, events, secret_sealed) values (gen_random_uuid(), $1, 'http://127.0.0.1:9/', '{}', '')",
    [scene.north.id],
  );
  await scene.workflow("tells", {
    startNodeId: "tell",
    nodes: [
      {
        id: "tell",
        type: "notify",
        channels: ["email", "conversation"],
        to: "jane@acme.com",
        subject: "Hi",
        message: "Done",
      },
      { id: "emit", type: "webhook_emit", event: "order.paid", payload: {} },
    ],
    edges: [edge("tell", "emit")],
  });
  const run = await scene.test("tells");
  expect(await scene.ended(run)).toMatchObject({ status: "completed" });
  expect(
    await scene.rows("select channel, address, subject, body from deliveries where run_id = $1 order by channel", [
      run,
    ]),
  ).toEqual([
    { channel: "conversation", address: scene.tester.email, subject: "[Test] Notify", body: "Done" },
    { channel: "email", address: scene.tester.email, subject: "[Test] Hi", body: "Done" },
  ]);
  const { steps } = await getRun(scene.tester.actor, run);
  expect(steps.flatMap(({ warnings }) => warnings)).toContain('Test: "order.paid" was not sent to the subscribers.');
  const cancelled = await scene.test("asks");
  await scene.waitpoint(cancelled, "ask");
  await scene.call("POST", `/api/v1/workflows/${cancelled}/cancel`);
  await scene.ended(cancelled);
  expect(await scene.rows("select 1 from deliveries where run_id = $1", [cancelled])).toEqual([]);
});

it("connections that act for real are named first, and not called without the tester's word", async () => {
  await scene.workflow("live", {
    startNodeId: "look",
    nodes: [effect("look", { path: "/live-look" }), effect("charge", { service: "real", path: "/live-charge" })],
    edges: [edge("look", "charge")],
  });
  const [echo] = await scene.rows<{ base_url: string }>("select base_url from connections where slug = 'echo'");
  const add = (isLive: boolean) =>
    scene.rows(
      `insert into connections (id, organization_id, slug, connector, name, base_url, auth_type, is_live, updated_at)
       values (gen_random_uuid(), $1, 'real', 'http', 'The bank', $2, 'none', $3, now())
       on conflict (organization_id, slug) do update set is_live = excluded.is_live`,
      [scene.north.id, echo?.base_url, isLive],
    );
  await add(true);
  const asks = () => startTest(scene.tester.actor, { slug: "live", input: {}, allowLive: false });
  expect(await asks()).toEqual({ started: false, liveConnections: [{ slug: "real", name: "The bank" }] });
  expect(scene.called).not.toContain("/live-look");
  const allowed = await startTest(scene.north.members.admin.actor, { slug: "live", input: {}, allowLive: true });
  if (!allowed.started) throw new Error("the test asked again");
  await scene.ended(allowed.runId);
  expect(scene.called).toContain("/live-charge");

  await pin(scene.tester.actor, { slug: "live", nodeId: "charge", handle: "out", output: { charged: 1 } });
  expect(await asks()).toMatchObject({ started: true });
  await unpin(scene.tester.actor, "live", "charge");
  // Marked live between the question and the call: the call is what counts.
  await scene.rows("delete from connections where slug = 'real'");
  await add(false);
  await scene.workflow("turned", {
    startNodeId: "sleep",
    nodes: [{ id: "sleep", type: "wait", duration: "P1D" }, effect("pay", { service: "real", path: "/turned-live" })],
    edges: [edge("sleep", "pay")],
  });
  const run = await scene.test("turned");
  const timer = await scene.waitpoint(run, "sleep");
  await add(true);
  await scene.rehearse(run, timer.id, { type: "pass_time" });
  expect(await scene.ended(run)).toMatchObject({ status: "failed", error: { code: "live_connection" } });
  expect(scene.called).not.toContain("/turned-live");
});

it("a draft with errors, and input that does not fit, are refused in words", async () => {
  await scene.workflow("wrong", {
    inputSchema: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] },
    startNodeId: "call",
    nodes: [effect("call", { service: "nobody" })],
    edges: [],
  });
  await expect(scene.test("wrong", { n: 1 })).rejects.toThrow(/cannot run yet: .*nobody/);
  const id = await scene.workflow("typed", {
    inputSchema: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] },
    startNodeId: "call",
    nodes: [effect("call")],
    edges: [],
  });
  await expect(scene.test("typed", { n: "many" })).rejects.toThrow("does not fit");
  expect(await scene.rows("select 1 from runs where workflow_id = $1", [id])).toEqual([]);
});
