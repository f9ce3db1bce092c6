import { afterAll, beforeAll, expect, it } from "vitest";
import { extent, scenarioLimit } from "@/inngest/faults/extent.testkit";
import { report } from "@/inngest/faults/report.testkit";
import { createDrivers } from "./drivers.testkit";
import { readRun, startTestRun } from "./runtime.testkit";
import { call, edges } from "./scene.testkit";
import { createTurnScene, type TurnScene } from "./turns.testkit";

const day = 86_400_000;
const year = 365 * day;
let scene: TurnScene;
beforeAll(async () => {
  scene = await createTurnScene();
});
afterAll(() => scene.close());

const over = async (id: string) => {
  const run = await readRun(scene.database.pool, id);
  return { status: run["status"], calls: scene.callsOf(id) };
};

it.each([25, 60, 400])(
  "3.1 A-5 an approval that is decided after %i days goes on, and its time is on record",
  async (days) => {
    const flow = await scene.workflow({
      startNodeId: "ask",
      nodes: [{ id: "ask", type: "approval", assignTo: "role:manager" }, call("act")],
      edges: edges(["ask", "act", "approved"]),
    });
    const id = await startTestRun(scene, flow);
    const drivers = createDrivers(scene.database.pool, scene.process(), scene.clock);
    await drivers.settle();
    const [asked] = await scene.open(id);
    scene.clock.ahead += days * day;
    expect(await scene.resolve(flow, asked?.id ?? "", "approved")).toMatchObject({ ok: true });
    await drivers.settle();
    expect(await over(id)).toEqual({ status: "completed", calls: ["act"] });
    const { rows } = await scene.database.pool.query<{ ms: string }>(
      "select duration_ms as ms from step_runs where run_id = $1 and key = 'ask'",
      [id],
    );
    expect(Number(rows[0]?.ms)).toBeGreaterThanOrEqual(days * day);
  },
);

it("3.1 a loop that holds such a wait can be closed", async () => {
  const flow = await scene.workflow({
    startNodeId: "each",
    nodes: [
      {
        id: "each",
        type: "loop",
        items: "${[1]}",
        body: {
          startNodeId: "ask",
          nodes: [{ id: "ask", type: "approval", assignTo: "role:manager" }],
          edges: [],
        },
      },
    ],
    edges: [],
  });
  const id = await startTestRun(scene, flow);
  const drivers = createDrivers(scene.database.pool, scene.process(), scene.clock);
  await drivers.settle();
  const [asked] = await scene.open(id);
  scene.clock.ahead += 40 * day;
  await scene.resolve(flow, asked?.id ?? "", "approved");
  await drivers.settle();
  expect(await over(id)).toMatchObject({ status: "completed" });
});

it.each([1, 9])("3.19 a timer of %i years is waited for in parts, and rings once", async (years) => {
  const until = new Date(scene.clock.now() + years * year);
  const flow = await scene.workflow({
    startNodeId: "pause",
    nodes: [{ id: "pause", type: "wait", until: until.toISOString() }, call("act")],
    edges: edges(["pause", "act"]),
  });
  const id = await startTestRun(scene, flow);
  const drivers = createDrivers(scene.database.pool, scene.process(), scene.clock);
  await drivers.settle();
  let looks = 0;
  while (scene.clock.now() < until.getTime() && looks <= 12) {
    expect(await over(id)).toEqual({ status: "waiting_async", calls: [] });
    // No executor takes a wait of more than a year.
    scene.clock.ahead += 361 * day;
    await drivers.settle();
    looks += 1;
  }
  expect(await over(id)).toEqual({ status: "completed", calls: ["act"] });
});

it(
  `3.2 a loop with ${String(extent.waits)} waits ends: a driver hands over before its waits are too many for an executor`,
  scenarioLimit,
  async () => {
    const rounds = extent.waits;
    const flow = await scene.workflow({
      startNodeId: "each",
      nodes: [
        {
          id: "each",
          type: "loop",
          items: "${trigger.items}",
          body: { startNodeId: "ask", nodes: [{ id: "ask", type: "approval", assignTo: "role:manager" }], edges: [] },
        },
      ],
      edges: [],
    });
    const id = await startTestRun(scene, flow, { items: Array.from({ length: rounds }, (_, index) => index) });
    const drivers = createDrivers(scene.database.pool, scene.process(), scene.clock);
    for (let round = 0; round < rounds; round += 1) {
      await drivers.settle();
      const [asked] = await scene.open(id);
      expect(await scene.resolve(flow, asked?.id ?? "", "approved")).toMatchObject({ ok: true });
    }
    await drivers.settle();
    const run = await readRun(scene.database.pool, id);
    expect(run).toMatchObject({ status: "completed", generation: 1 });
    expect(drivers.count, "it was handed over").toBeGreaterThan(1);
    expect(drivers.mostSteps).toBeLessThanOrEqual(310);
    report({ runs: 1, waits: rounds, drivers: drivers.count });
  },
);
