import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { extent, scenarioLimit } from "./extent.testkit";
import type { Worker } from "./fleet.testkit";
import { expectSound } from "./invariants.testkit";
import { createFaultScene, type FaultScene } from "./scene.testkit";
import { forgetDeadRequests, throughWeb, type WayThroughWeb } from "./way-in-web.testkit";
import { createWebProcesses, type WebProcess, type WebProcesses } from "./web.testkit";

const { runs, rounds } = extent;
let database: TestDatabase;
let scene: FaultScene;
let webs: WebProcesses;
let way: WayThroughWeb;

beforeEach(async () => {
  database = await createTestDatabase();
  webs = await createWebProcesses(database.url);
  scene = await createFaultScene(database, {
    wayIn: async (user) => (way = await throughWeb(database.pool, webs, user)),
  });
}, 120_000);
afterEach(async () => {
  await scene.close();
  await webs.close();
  await database.close();
});

/** Starts a round's runs over HTTP, and does something after some of them were answered and while others are on their way. */
async function amidStarts(breakOff: () => Promise<void>): Promise<void> {
  const before = scene.started.length;
  const count = Math.ceil(runs / rounds);
  const starting = scene.start(count);
  await Promise.race([starting, way.reaches(before + 1 + Math.floor((Math.random() * count) / 2))]);
  await breakOff();
  await starting;
}

test(
  `R3 the only web process is killed with -9, ${String(rounds)} times, while it starts runs and takes answers: each start is one run`,
  scenarioLimit,
  async () => {
    await Promise.all([scene.fleet.start(), scene.fleet.start()]);
    let web = await webs.start();
    for (let round = 0; round < rounds; round += 1) {
      await amidStarts(async () => {
        await web.kill();
        await forgetDeadRequests(database.pool);
        web = await webs.start();
      });
    }
    await scene.settled();
    const report = await expectSound(scene, { webKilled: webs.ended.killed, startsLost: way.lost.starts });
    expect(report).toMatchObject({ webKilled: rounds, killed: 0, repeated: 0, revived: 0 });
    expect(report["startsLost"], "it died over starts").toBeGreaterThan(0);
    expect(webs.crashes).toEqual([]);
  },
);

test(
  `R1 R3 R4 of two web processes and two workers one each is killed with -9, ${String(rounds)} times, during mixed runs`,
  scenarioLimit,
  async () => {
    const serving: WebProcess[] = await Promise.all([webs.start(), webs.start()]);
    const workers: Worker[] = await Promise.all([scene.fleet.start(), scene.fleet.start()]);
    for (let round = 0; round < rounds; round += 1) {
      await amidStarts(async () => {
        const [web, worker] = [oneOf(serving), oneOf(workers)];
        await scene.interrupt(async () => {
          await Promise.all([web?.kill(), worker?.kill()]);
        });
        await forgetDeadRequests(database.pool);
        const [nextWeb, nextWorker] = await Promise.all([webs.start(), scene.fleet.start()]);
        serving.push(nextWeb);
        workers.push(nextWorker);
      });
    }
    await scene.settled();
    const report = await expectSound(scene, { webKilled: webs.ended.killed, startsLost: way.lost.starts });
    expect(report).toMatchObject({ webKilled: rounds, killed: rounds });
    expect(scene.receiver.overlaps).toEqual([]);
    expect(webs.crashes).toEqual([]);
  },
);

/** Takes one of two out, whichever. */
function oneOf<T>(two: T[]): T | undefined {
  return two.splice(Math.floor(Math.random() * two.length), 1)[0];
}
