import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { descendants } from "@/core/engine/descendants";
import { createVersionLoader } from "@/server/modules/runs/version-store";
import { eventually, readRun, readSteps, startTestRun, type TestWorkflow } from "./runtime.testkit";
import { call, createScene, edges, isOver, type Scene } from "./scene.testkit";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterEach(() => {
  scene.answers.clear();
});
afterAll(() => scene.close());

const rejected = { status: 422 };
/** A loop over `input.list` that calls `/item-…` for each; a failed item is not tried again. */
const eachItem = (more: object = {}) => ({
  startNodeId: "each",
  nodes: [
    {
      id: "each",
      type: "loop",
      items: "${input.list}",
      body: {
        startNodeId: "hit",
        nodes: [
          call("hit", "/item-${item}", { retry: { maxAttempts: 1 } }),
          call("mark", "/mark-${item}"),
          { id: "name", type: "transform", expression: { item: "${item}", at: "${step.hit.output.path}" } },
        ],
        edges: edges(["hit", "mark"], ["mark", "name"]),
      },
      ...more,
    },
    call("after"),
  ],
  edges: edges(["each", "after"]),
});
const sorted = (runId: string): string[] => scene.callsOf(runId).sort();

/** Approves whatever opens until the run is over, in the order of the keys; gives the keys that were asked. */
async function approveAll(flow: TestWorkflow, runId: string): Promise<string[]> {
  const asked: string[] = [];
  await eventually(async () => {
    const { rows } = await scene.database.pool.query<{ id: string; key: string }>(
      "select id, key from waitpoints where run_id = $1 and kind = 'approval' and status = 'open' order by key",
      [runId],
    );
    for (const row of rows) {
      const answer = await scene.resolve(flow.organizationId, row.id, "approved", { comment: `yes to ${row.key}` });
      if (answer["ok"] === true) asked.push(row.key);
    }
    return readRun(scene.database.pool, runId);
  }, isOver);
  return asked;
}

it.each([1, 2])(
  "M-9 A-5 nested loops with an approval inside ask once for each pair, with %s side by side",
  async (concurrency) => {
    const inner = {
      startNodeId: "ask",
      nodes: [
        { id: "ask", type: "approval", assignTo: "role:manager", actionLabel: "Send ${part} of ${order}?" },
        call("send", "/send-${order}-${part}"),
        {
          id: "said",
          type: "transform",
          expression: "${order}/${part}: ${step.ask.output.comment}, ${step.send.output.path}",
        },
      ],
      edges: edges(["ask", "send", "approved"], ["send", "said"]),
    };
    const flow = await scene.workflow({
      startNodeId: "orders",
      nodes: [
        {
          id: "orders",
          type: "loop",
          items: "${input.orders}",
          itemName: "order",
          concurrency,
          body: {
            startNodeId: "parts",
            nodes: [{ id: "parts", type: "loop", items: "${['x', 'y']}", itemName: "part", concurrency, body: inner }],
            edges: [],
          },
        },
      ],
      edges: [],
    });
    const id = await startTestRun(scene.worker, flow, { orders: ["A", "B"] });
    const asked = await approveAll(flow, id);
    const run = await readRun(scene.database.pool, id);
    expect(run["error"]).toBeNull();
    expect(run["output"]).toEqual(
      ["A", "B"].map((order, i) =>
        ["x", "y"].map((part, j) => `${order}/${part}: yes to ask[${String(i)}.${String(j)}], /send-${order}-${part}`),
      ),
    );
    const keys = ["ask[0.0]", "ask[0.1]", "ask[1.0]", "ask[1.1]"];
    expect([...asked].sort()).toEqual(keys);
    if (concurrency === 1) expect(asked).toEqual(keys);
    expect(sorted(id)).toEqual(["send:0.0", "send:0.1", "send:1.0", "send:1.1"]);
  },
);

it("M-9 K8 B-40 onItemError continue keeps the failed item's place with its error, and step, run and history say so", async () => {
  scene.answers.set("/item-b", rejected);
  const id = await startTestRun(
    scene.worker,
    await scene.workflow(eachItem({ onItemError: "continue", concurrency: 2 })),
    { list: ["a", "b", "c"] },
  );
  expect((await scene.finished(id))["status"]).toBe("completed");
  const steps = await readSteps(scene.database.pool, id);
  expect(steps.find((step) => step.key === "each")?.output).toEqual([
    { item: "a", at: "/item-a" },
    { error: { code: "http_4xx", message: expect.any(String) as string, status: 422 } },
    { item: "c", at: "/item-c" },
  ]);
  expect(steps.find((step) => step.key === "each")).toMatchObject({
    summary: "1 of 3 items failed.",
    warnings: ["1 of 3 items failed."],
  });
  expect((await readRun(scene.database.pool, id))["warnings"]).toEqual(["Loop: 1 of 3 items failed."]);
  const { rows: told } = await scene.database.pool.query<{ data: object }>(
    "select data from run_events where run_id = $1 and type = 'step.completed' and data->>'node_id' = 'each'",
    [id],
  );
  expect(told).toEqual([{ data: expect.objectContaining({ items: 3, failed_items: 1 }) as object }]);
  expect(steps.find((step) => step.key === "hit[1]")?.status).toBe("failed");
  expect(sorted(id)).toEqual(["after", "hit:0", "hit:1", "hit:2", "mark:0", "mark:2"]);
});

it("M-9 a loop over nothing gives an empty list and goes on", async () => {
  const id = await startTestRun(scene.worker, await scene.workflow(eachItem()), { list: [] });
  expect((await scene.finished(id))["status"]).toBe("completed");
  expect((await readSteps(scene.database.pool, id)).find((step) => step.key === "each")).toMatchObject({
    status: "completed",
    output: [],
  });
  expect(scene.callsOf(id)).toEqual(["after"]);
});

it.each([1, 3])(
  "A-15 M-9 retrying a failed loop runs the failed item and the rest, never a finished one (%s side by side)",
  async (concurrency) => {
    const flow = await scene.workflow(eachItem({ concurrency }));
    const list = ["a", "b", "c", "d", "e"];
    scene.answers.set("/item-c", rejected);
    const id = await startTestRun(scene.worker, flow, { list });
    expect(await scene.finished(id)).toMatchObject({ status: "failed", error: { nodeId: "hit" } });
    await scene.worker.executor.idle();
    const recorded = (await readSteps(scene.database.pool, id))
      .filter((step) => step.status === "completed")
      .map((step) => step.key);
    if (concurrency === 1)
      expect(recorded.sort()).toEqual(["hit[0]", "hit[1]", "mark[0]", "mark[1]", "name[0]", "name[1]"]);
    const before = scene.callsOf(id).length;
    scene.answers.clear();
    expect(await scene.control(flow, id, "retry")).toMatchObject({ ok: true });
    const run = await scene.finished(id);
    expect(run["error"]).toBeNull();
    expect((await readSteps(scene.database.pool, id)).find((step) => step.key === "each")?.output).toEqual(
      list.map((item) => ({ item, at: `/item-${item}` })),
    );
    const again = scene.callsOf(id).slice(before);
    const finishedBefore = recorded.map((key) => key.replace("[", ":").replace("]", ""));
    const all = list.flatMap((_, at) => [`hit:${String(at)}`, `mark:${String(at)}`]);
    expect(again.toSorted()).toEqual([...all.filter((key) => !finishedBefore.includes(key)), "after"].toSorted());
    expect(again).toContain("hit:2");
  },
);

it("A-15 a retry from a step runs it and what follows again, and nothing before or beside it", async () => {
  const flow = await scene.workflow({
    startNodeId: "a",
    nodes: [call("a"), call("b"), call("beside"), call("c"), call("d", "/d", { retry: { maxAttempts: 1 } })],
    edges: edges(["a", "b"], ["a", "beside"], ["b", "c"], ["c", "d"], ["beside", "d"]),
  });
  scene.answers.set("/d", rejected);
  const id = await startTestRun(scene.worker, flow);
  expect((await scene.finished(id))["status"]).toBe("failed");
  const before = scene.callsOf(id);
  expect([...before].sort()).toEqual(["a", "b", "beside", "c", "d"]);
  scene.answers.clear();
  const { plan } = await createVersionLoader(scene.database.pool)(flow.organizationId, flow.versionId);
  await scene.control(flow, id, "retry", { supersede: ["b", ...descendants(plan, "b")] });
  expect((await scene.finished(id))["status"]).toBe("completed");
  expect(scene.callsOf(id).slice(before.length)).toEqual(["b", "c", "d"]);
  // What was tried first stays on record, out of the fold.
  const { rows } = await scene.database.pool.query<{ key: string; n: number }>(
    "select key, count(*)::int as n from step_runs where run_id = $1 group by key order by key",
    [id],
  );
  expect(rows).toEqual([
    { key: "a", n: 1 },
    { key: "b", n: 2 },
    { key: "beside", n: 1 },
    { key: "c", n: 2 },
    { key: "d", n: 2 },
  ]);
});

it("a loop whose list is no list fails with the reason, before its body runs", async () => {
  const id = await startTestRun(scene.worker, await scene.workflow(eachItem()), { list: "abc" });
  expect(await scene.finished(id)).toMatchObject({
    status: "failed",
    error: { code: "items_not_a_list", nodeId: "each" },
  });
  expect(scene.callsOf(id)).toEqual([]);
});
