import type { GetStepTools, Inngest } from "inngest";
import { afterAll, beforeAll, expect, it } from "vitest";
import { driveRun } from "./drive-run";
import { createDrivers } from "./drivers.testkit";
import type { RunTurns } from "./run-turns";
import { readRun, startTestRun } from "./runtime.testkit";
import { call, edges } from "./scene.testkit";
import { createTurnScene, type TurnScene } from "./turns.testkit";

let scene: TurnScene;
beforeAll(async () => {
  scene = await createTurnScene();
});
afterAll(() => scene.close());

const loopOf = (concurrency: number) =>
  scene.workflow({
    startNodeId: "each",
    nodes: [
      {
        id: "each",
        type: "loop",
        items: "${input.list}",
        concurrency,
        body: { startNodeId: "item", nodes: [call("item")], edges: [] },
      },
      call("after"),
    ],
    edges: edges(["each", "after"]),
  });
const list = (length: number) => ({ list: Array.from({ length }, (_, index) => index) });

it.each([
  [1, 120, 1],
  [5, 120, 5],
  [20, 120, 20],
  [20, 240, 20],
])(
  "B-20 a loop with %i side by side over %i items has so many drivers, and none is ever begun again to take the next step",
  async (concurrency, items, drivers) => {
    const flow = await loopOf(concurrency);
    const id = await startTestRun(scene, flow, list(items));
    const driven = createDrivers(scene.database.pool, scene.process(), scene.clock);
    await driven.settle();
    expect(await readRun(scene.database.pool, id)).toMatchObject({ status: "completed", generation: 1 });
    expect(scene.callsOf(id)).toHaveLength(items + 1);
    expect(new Set(scene.callsOf(id)).size).toBe(items + 1);
    expect({ count: driven.count, calls: driven.calls }).toEqual({ count: drivers, calls: drivers });
  },
);

it("a branch that takes more steps than a driver may goes on with another, beside the branches of others", async () => {
  const chain = Array.from({ length: 310 }, (_, index) => `s${String(index)}`);
  const flow = await scene.workflow({
    startNodeId: "fork",
    nodes: [
      { id: "fork", type: "parallel" },
      ...chain.map((id) => call(id)),
      { id: "ask", type: "approval", assignTo: "role:manager" },
      call("granted"),
    ],
    edges: edges(
      ["fork", "s0"],
      ["fork", "ask"],
      ["ask", "granted", "approved"],
      ...chain.slice(1).map((id, index): [string, string] => [chain[index] ?? "", id]),
    ),
  });
  const id = await startTestRun(scene, flow);
  const driven = createDrivers(scene.database.pool, scene.process(), scene.clock);
  await driven.settle();
  const [asked] = await scene.open(id);
  expect(await scene.resolve(flow, asked?.id ?? "", "approved")).toMatchObject({ ok: true });
  await driven.settle();
  expect(await readRun(scene.database.pool, id)).toMatchObject({ status: "completed", generation: 1 });
  expect(scene.callsOf(id).toSorted()).toEqual([...chain, "granted"].toSorted());
  expect(driven.mostSteps).toBeLessThanOrEqual(302);
});

it("a step that two drivers were sent for is made once, and one of them goes on from there", async () => {
  const flow = await scene.workflow({ startNodeId: "a", nodes: [call("a"), call("b")], edges: edges(["a", "b"]) });
  const id = await startTestRun(scene, flow);
  const target = { runId: id, generation: 1 };
  const place = { key: "a", nodeId: "a", iteration: "", attempt: 1, seq: 0 };
  const first = await scene.process().effect({ ...target, driverId: "first" }, place, "a#1");
  const again = await scene.process().effect({ ...target, driverId: "first" }, place, "a#1");
  const second = await scene.process().effect({ ...target, driverId: "second" }, place, "a#1");
  expect(first.next).toMatchObject([{ key: "b" }]);
  expect(again).toEqual(first);
  expect(second).toMatchObject({ next: [], end: "idle" });
  expect(scene.callsOf(id)).toEqual(["a"]);
});

it("what an earlier version told one driver to take side by side is sent to a driver each", async () => {
  const flow = await scene.workflow({
    startNodeId: "fork",
    nodes: [{ id: "fork", type: "parallel" }, call("a"), call("b")],
    edges: edges(["fork", "a"], ["fork", "b"]),
  });
  const id = await startTestRun(scene, flow);
  const turns = scene.process();
  const next = ["a", "b"].map((key) => ({ key, nodeId: key, iteration: "", attempt: 1 }));
  const before: RunTurns = {
    ...turns,
    async begin(...told) {
      const { seq } = await turns.begin(...told);
      await scene.database.pool.query("delete from event_outbox");
      return { next, end: null, dueAt: null, seq };
    },
  };
  const tools = { run: (_options: object, body: () => Promise<unknown>) => body() };
  await driveRun(
    before,
    tools as unknown as GetStepTools<Inngest.Any>,
    { runId: id, generation: 1 },
    { driverId: "old" },
  );
  const driven = createDrivers(scene.database.pool, turns, scene.clock);
  await driven.settle();
  expect(driven.count).toBe(2);
  expect(scene.callsOf(id).toSorted()).toEqual(["a", "b"]);
  expect(await readRun(scene.database.pool, id)).toMatchObject({ status: "completed" });
});
