import { afterAll, beforeAll, expect, it } from "vitest";
import { readSteps, startTestRun } from "./runtime.testkit";
import { createScene, type Scene } from "./scene.testkit";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterAll(() => scene.close());

it("K8 B-40 a loop that may not repeat again although its condition is not true says that it gave up", async () => {
  const body = { startNodeId: "work", nodes: [{ id: "work", type: "transform", expression: "${index}" }], edges: [] };
  const flow = await scene.workflow({
    startNodeId: "again",
    nodes: [{ id: "again", type: "loop", until: "step.work.output >= input.enough", max: 3, body }],
    edges: [],
  });
  const id = await startTestRun(scene.worker, flow, { enough: 5 });
  const words = "Gave up after 3 rounds: the condition was still not true.";
  expect(await scene.finished(id)).toMatchObject({ status: "completed", warnings: [`Loop: ${words}`] });
  const [again] = (await readSteps(scene.database.pool, id)).filter((step) => step.key === "again");
  expect(again).toMatchObject({ output: [0, 1, 2], summary: words, warnings: [words] });
  // The last round is enough: nothing to tell.
  const enough = await startTestRun(scene.worker, flow, { enough: 2 });
  expect(await scene.finished(enough)).toMatchObject({ status: "completed", warnings: null });
});

it("B-40 inside a loop that calls its items otherwise, item stays that of the loop around it", async () => {
  const say = { id: "say", type: "transform", expression: "${item.k}/${part}" };
  const parts = {
    id: "parts",
    type: "loop",
    items: "${item.parts}",
    itemName: "part",
    body: { startNodeId: "say", nodes: [say], edges: [] },
  };
  const flow = await scene.workflow({
    startNodeId: "orders",
    nodes: [
      {
        id: "orders",
        type: "loop",
        items: "${input.orders}",
        body: { startNodeId: "parts", nodes: [parts], edges: [] },
      },
    ],
    edges: [],
  });
  const id = await startTestRun(scene.worker, flow, { orders: [{ k: "A", parts: ["x", "y"] }] });
  expect(await scene.finished(id)).toMatchObject({ output: [["A/x", "A/y"]] });
});

it.each([
  ["goes on", { onError: "continue" }, "completed"],
  ["takes its error path", { onError: { next: "told" } }, "completed"],
  ["fails the run", {}, "failed"],
])("a loop whose condition cannot be worked out has failed, with its error, and %s", async (_, more, ends) => {
  const said = {
    id: "said",
    type: "output",
    output: { status: "${step.again.status}", error: "${step.again.error.message}" },
  };
  const body = { startNodeId: "work", nodes: [{ id: "work", type: "transform", expression: "${index}" }], edges: [] };
  const flow = await scene.workflow({
    startNodeId: "again",
    nodes: [
      { id: "again", type: "loop", until: "step.work.output", max: 3, body, ...more },
      said,
      { ...said, id: "told" },
    ],
    edges: [{ from: "again", to: "said" }],
  });
  const id = await startTestRun(scene.worker, flow, {});
  const run = await scene.finished(id);
  expect(run["status"]).toBe(ends);
  if (ends === "completed")
    expect(run["output"]).toEqual({ status: "failed", error: expect.stringContaining("must be true or false") });
  const { rows } = await scene.database.pool.query(
    `select key, status, error ->> 'code' as code, ended_at is not null as over,
       (select count(*)::int from run_events e where e.run_id = s.run_id and e.type = 'step.failed') as told
     from step_runs s where run_id = $1 and node_id = 'again'`,
    [id],
  );
  expect(rows).toEqual([{ key: "again", status: "failed", code: "not_a_boolean", over: true, told: 1 }]);
});
