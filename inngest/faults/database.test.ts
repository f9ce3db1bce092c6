import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { roleToGrant } from "@/scripts/db/addresses";
import { productDatabase } from "@/scripts/db/database";
import { migrate } from "@/scripts/db/migrate";
import { startCluster, type Cluster } from "@/scripts/postgres/cluster";
import { extent, scenarioLimit } from "./extent.testkit";
import { expectSound } from "./invariants.testkit";
import { createFaultScene, type FaultScene } from "./scene.testkit";

const { runs, rounds } = extent;
let dir: string;
let cluster: Cluster;
let pool: Pool;
let scene: FaultScene;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "holdpoint-faults-"));
  // What was committed is on the disk, as with the product's own.
  cluster = await startCluster({ dir, kind: "durable" });
  const addresses = await productDatabase(cluster);
  await migrate(addresses.owner, roleToGrant(addresses));
  // Cuts connections, which only the owner may.
  pool = new Pool({ connectionString: addresses.owner, max: 10 });
  pool.on("error", () => undefined);
  scene = await createFaultScene({ url: addresses.app, pool });
}, 120_000);
afterEach(async () => {
  await scene.close();
  await pool.end();
  await cluster.stop();
  rmSync(dir, { recursive: true, force: true });
});

test(
  `R2 PostgreSQL is killed with -9 and started again, ${String(rounds)} times, during mixed runs with two workers`,
  scenarioLimit,
  async () => {
    await Promise.all([scene.fleet.start(), scene.fleet.start()]);
    let restarts = 0;
    for (let round = 0; round < rounds; round += 1) {
      await scene.start(Math.ceil(runs / rounds));
      const total = [...scene.receiver.calls.values()].reduce((sum, count) => sum + count, 0);
      await scene.receiver.reaches(total + 1 + Math.floor(Math.random() * 12));
      await scene.interrupt(async () => {
        const { port, pid, exited } = cluster;
        process.kill(pid, "SIGKILL");
        await exited;
        cluster = await startCluster({ dir, kind: "durable", port });
        if (cluster.pid !== pid) restarts += 1;
      });
    }
    await scene.settled();
    const report = await expectSound(scene, { databaseKilled: restarts });
    expect(restarts).toBe(rounds);
    expect(report.revived).toBe(0);
    expect(scene.receiver.overlaps).toEqual([]);
    // A database that was away for longer than a worker may be silent makes it come back as another one.
    expect(await scene.fleet.alive()).toBe(2);
  },
);

test("R2 every connection to PostgreSQL is cut, again and again, during mixed runs", scenarioLimit, async () => {
  await scene.fleet.start();
  let cut = 0;
  for (let round = 0; round < rounds; round += 1) {
    await scene.start(Math.ceil(runs / rounds));
    const total = [...scene.receiver.calls.values()].reduce((sum, count) => sum + count, 0);
    await scene.receiver.reaches(total + 1 + Math.floor(Math.random() * 12));
    await scene.interrupt(async () => {
      const { rowCount } = await pool.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
      );
      cut += rowCount ?? 0;
    });
  }
  await scene.settled();
  await expectSound(scene, { connectionsCut: cut });
  expect(cut).toBeGreaterThanOrEqual(rounds * 2);
  expect(scene.receiver.overlaps).toEqual([]);
});
