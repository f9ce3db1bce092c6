import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { extent, scenarioLimit } from "./extent.testkit";
import type { Worker } from "./fleet.testkit";
import { expectSound } from "./invariants.testkit";
import { createFaultScene, type FaultScene } from "./scene.testkit";

const { runs, rounds } = extent;
let database: TestDatabase;
let scene: FaultScene;

beforeEach(async () => {
  database = await createTestDatabase();
  scene = await createFaultScene(database);
}, 120_000);
afterEach(async () => {
  await scene.close();
  await database.close();
});

/** A moment at which work is under way: some calls from now. */
async function amidWork(): Promise<void> {
  const total = [...scene.receiver.calls.values()].reduce((sum, count) => sum + count, 0);
  await scene.receiver.reaches(total + 1 + Math.floor(Math.random() * 12));
}

test(
  `R1 R4 3.8 one of two workers with the same settings is killed with -9, ${String(rounds)} times, during mixed runs`,
  scenarioLimit,
  async () => {
    const workers: Worker[] = [await scene.fleet.start(), await scene.fleet.start()];
    for (let round = 0; round < rounds; round += 1) {
      await scene.start(Math.ceil(runs / rounds));
      await amidWork();
      const victim = workers.splice(Math.floor(Math.random() * 2), 1)[0];
      await scene.interrupt(async () => victim?.kill());
      workers.push(await scene.fleet.start());
    }
    await scene.settled();
    const report = await expectSound(scene);
    expect(report.killed).toBe(rounds);
    expect(scene.receiver.overlaps).toEqual([]);
  },
);

test(`R1 the only worker is killed with -9, ${String(rounds)} times, during mixed runs`, scenarioLimit, async () => {
  for (let round = 0; round < rounds; round += 1) {
    const worker = await scene.fleet.start();
    await scene.start(Math.ceil(runs / rounds));
    await amidWork();
    await scene.interrupt(() => worker.kill());
  }
  await scene.fleet.start();
  await scene.settled();
  const report = await expectSound(scene);
  expect(report.killed).toBe(rounds);
  expect(scene.receiver.overlaps).toEqual([]);
});
