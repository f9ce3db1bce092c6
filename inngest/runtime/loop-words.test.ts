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
