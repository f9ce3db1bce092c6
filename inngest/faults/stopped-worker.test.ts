import { expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { extent, scenarioLimit } from "./extent.testkit";
import { expectSound } from "./invariants.testkit";
import { createFaultScene } from "./scene.testkit";
import { silence } from "./time.testkit";

test(
  "R4 a worker that is stopped for longer than a worker may be silent is replaced, and comes back as somebody new",
  scenarioLimit,
  async () => {
    const database = await createTestDatabase();
    const scene = await createFaultScene(database, { environment: { HOLDPOINT_WORKER_SILENT_SECONDS: "5" } });
    const [sleeper] = [await scene.fleet.start(), await scene.fleet.start()];
    await scene.start(extent.runs);
    await scene.receiver.reaches(1 + Math.floor(Math.random() * 12));
    // What was on its way out when it was stopped still arrives when it wakes, and nothing else.
    await scene.interrupt(async () => {
      sleeper.freeze();
      await scene.noteInHand(sleeper.pid);
      await silence(database.pool, 60);
      await known(database, sleeper.pid, "dead");
      sleeper.wake();
      await known(database, sleeper.pid, "not dead");
    });
    await scene.settled();
    await expectSound(scene, { frozen: 1 });
    // It is at work again.
    const { rows } = await database.pool.query("select dead from exec_workers where pid = $1 order by started_at", [
      sleeper.pid,
    ]);
    expect(rows).toEqual([{ dead: true }, { dead: false }]);
    await scene.close();
    await database.close();
  },
);

async function known(database: TestDatabase, pid: number, as: "dead" | "not dead"): Promise<void> {
  for (;;) {
    const { rowCount } = await database.pool.query(`select 1 from exec_workers where pid = $1 and ${as}`, [pid]);
    if (rowCount === 1) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
