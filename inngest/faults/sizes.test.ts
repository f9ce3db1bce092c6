import { afterEach, beforeEach, expect, test } from "vitest";
import { eventually, insertConnection, insertWorkflow, readRun, startTestRun } from "@/inngest/runtime/runtime.testkit";
import { createGroupWriter } from "@/server/db/group-writer";
import { createRunStore } from "@/server/modules/runs/store";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { scenarioLimit } from "./extent.testkit";
import { createFleet, type Fleet } from "./fleet.testkit";
import { createReceiver, type Receiver } from "./receiver.testkit";
import { report } from "./report.testkit";
import { longStepMinutes, sweep, timePassesAtWork } from "./time.testkit";

const minutes = longStepMinutes;
let database: TestDatabase;
let fleet: Fleet;
let receiver: Receiver;

beforeEach(async () => {
  database = await createTestDatabase();
  [fleet, receiver] = await Promise.all([createFleet(database), createReceiver()]);
});
afterEach(async () => {
  await fleet.close();
  await receiver.close();
  await database.close();
});

test(
  `R1 a step of ${String(minutes)} minutes is called once: nobody takes its run for dead meanwhile`,
  scenarioLimit,
  async () => {
    const { pool } = database;
    const flow = await insertWorkflow(
      pool,
      {
        startNodeId: "long",
        nodes: [
          { id: "long", type: "service_call", service: "echo", method: "POST", path: "/long", timeoutMs: 3_000_000 },
        ],
        edges: [],
      },
      { config: { timeoutMs: 7_200_000 } },
    );
    await insertConnection(pool, flow.organizationId, "echo", `${receiver.baseUrl}/held`);
    await fleet.start();
    const writer = createGroupWriter(pool);
    const id = await startTestRun({ store: createRunStore(pool, writer) }, flow);
    await writer.close();
    await receiver.reaches(1);
    // The run is on record as waiting for its call.
    await eventually(
      () => readRun(pool, id),
      (run) => run["status"] === "running",
    );
    await timePassesAtWork(pool, minutes * 60);
    expect(await sweep(pool)).toMatchObject({ revived: [], woken: 0 });
    receiver.release();
    const run = await eventually(
      () => readRun(pool, id),
      ({ ended_at: endedAt }) => endedAt !== null,
    );
    expect(run).toMatchObject({ status: "completed", revivals: 0 });
    expect([...receiver.calls]).toEqual([[`${id}:long`, 1]]);
    const { rows } = await pool.query<{ seconds: number }>(
      "select extract(epoch from ended_at - created_at)::float8 as seconds from runs where id = $1",
      [id],
    );
    expect(rows[0]?.seconds).toBeGreaterThanOrEqual(minutes * 60);
    expect(fleet.crashes).toEqual([]);
    report({ runs: 1, calls: 1, repeated: 0, minutes });
  },
);
