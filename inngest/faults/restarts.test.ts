import { afterEach, beforeEach, expect, test } from "vitest";
import { eventually } from "@/inngest/runtime/runtime.testkit";
import { inngestServer } from "@/inngest/runtime/patience.testkit";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { extent, scenarioLimit } from "./extent.testkit";
import { expectSound } from "./invariants.testkit";
import { createFaultScene, type FaultScene } from "./scene.testkit";
import { downtime, isTakenForDeadAfter, sweep, timePasses } from "./time.testkit";

const { runs, rounds } = extent;
const downtimes = [5, 120, 600];
let database: TestDatabase;
let scene: FaultScene;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await scene.close();
  await database.close();
});

const total = (): number => [...scene.receiver.calls.values()].reduce((sum, count) => sum + count, 0);

test(
  `the worker is restarted ${String(rounds)} times, for 5 seconds, 2 and 10 minutes: steps end before it goes, and none is repeated`,
  scenarioLimit,
  async () => {
    scene = await createFaultScene(database);
    for (let round = 0; round < rounds; round += 1) {
      const worker = await scene.fleet.start();
      await scene.start(Math.ceil(runs / rounds));
      await scene.receiver.reaches(total() + 1 + Math.floor(Math.random() * 12));
      await worker.stop();
      await timePasses(database.pool, downtimes[round % downtimes.length] ?? 0);
    }
    await scene.fleet.start();
    await scene.settled({ callsMayCome: inngestServer !== undefined && extent.inRealTime });
    const report = await expectSound(scene);
    expect(report.stopped).toBe(rounds);
    expect(report.repeated).toBe(0);
    if (!downtimes.slice(0, rounds).some(isTakenForDeadAfter)) expect(report.revived).toBe(0);
  },
);

test.each(downtimes)(
  "B-1 a restart with %i seconds in between calls each step that a stop had to abandon once more, one at a time",
  scenarioLimit,
  async (seconds) => {
    scene = await createFaultScene(database, { environment: { HOLDPOINT_STOP_GRACE_SECONDS: "0" }, isHeld: true });
    const worker = await scene.fleet.start();
    // One of each shape; the loop and the parallel branches make two calls at once.
    await scene.start(7);
    const underWay = 9;
    await scene.receiver.reaches(underWay);
    await shownAsRunning(underWay);
    await scene.interrupt(() => worker.stop());
    await downtime(database.pool, seconds);
    await scene.fleet.start();
    await scene.receiver.reaches(2 * underWay);
    // The runs have shown no life since the restart but their calls: nobody may take them for dead.
    expect(await sweep(database.pool)).toMatchObject({ revived: [], woken: 0 });
    scene.receiver.release();
    await scene.settled();
    const report = await expectSound(scene);
    expect(report).toMatchObject({ stopped: 1, repeated: underWay });
    if (!isTakenForDeadAfter(seconds)) expect(report.revived).toBe(0);
    expect(scene.receiver.overlaps).toEqual([]);
  },
);

async function shownAsRunning(count: number): Promise<void> {
  await eventually(
    async () =>
      (await database.pool.query("select 1 from step_runs where status = 'running' and type = 'service_call'"))
        .rowCount,
    (running) => running === count,
  );
}
