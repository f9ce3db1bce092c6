import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestRun } from "./runtime.testkit";
import { createTurnScene, type TurnScene } from "./turns.testkit";

let scene: TurnScene;
beforeAll(async () => {
  scene = await createTurnScene();
});
afterAll(() => scene.close());

it("a driver that comes to park when its run has ended without it is woken, and does not wait for a year", async () => {
  const flow = await scene.workflow({
    startNodeId: "ask",
    nodes: [{ id: "ask", type: "approval", assignTo: "role:manager" }],
    edges: [],
  });
  const id = await startTestRun(scene, flow);
  const [first, second] = [scene.process(), scene.process()];
  const target = { runId: id, generation: 1, driverId: "d" };
  expect(await first.begin(target, { id: "begin", turn: 0 })).toMatchObject({ end: "park" });
  // Its process dies here; the decision finds no parked driver, and another takes it.
  const [asked] = await scene.open(id);
  await scene.resolve(flow, asked?.id ?? "", "approved");
  const lane = { ...target, driverId: "lane" };
  expect(await second.read(lane, { id: "lane:1", turn: 0 })).toMatchObject({ end: "finished" });
  const wakes = async () =>
    (
      await scene.database.pool.query("select 1 from event_outbox where name = 'run/wake' and data->>'runId' = $1", [
        id,
      ])
    ).rowCount;
  expect(await wakes()).toBe(0);
  expect(await first.park(target, { id: "park:1", turn: 1 })).toEqual({ parked: false });
  expect(await wakes()).toBe(1);
});
