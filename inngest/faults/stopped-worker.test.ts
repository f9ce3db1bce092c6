import { afterEach, beforeEach, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { extent, scenarioLimit } from "./extent.testkit";
import { expectSound } from "./invariants.testkit";
import { createFaultScene, type FaultScene } from "./scene.testkit";
import { silence } from "./time.testkit";

let database: TestDatabase;
let scene: FaultScene;

beforeEach(async () => {
  database = await createTestDatabase();
  scene = await createFaultScene(database, { environment: { HOLDPOINT_WORKER_SILENT_SECONDS: "5" } });
}, 120_000);
afterEach(async () => {
  await scene.close();
  await database.close();
});

test(
  "R4 a worker that is stopped for longer than a worker may be silent is replaced, and comes back as somebody new",
  scenarioLimit,
  async () => {
    const [sleeper] = [await scene.fleet.start(), await scene.fleet.start()];
    await scene.start(extent.runs);
    await scene.receiver.reaches(1 + Math.floor(Math.random() * 12));
    // What was on its way out when it was stopped still arrives when it wakes, and nothing else.
    await scene.interrupt(async () => {
      sleeper.freeze();
      await scene.noteInHand(sleeper);
      await silence(database.pool, 60);
      await sleeper.isMissed();
      sleeper.wake();
      await sleeper.isBack();
    });
    await scene.settled();
    await expectSound(scene, { frozen: 1 });
    // It is at work again.
    await sleeper.isBack();
  },
);
