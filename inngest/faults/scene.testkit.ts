import type { Pool } from "pg";
import { newId } from "@/core/ids";
import {
  eventually,
  insertConnection,
  insertWorkflow,
  startTestRun,
  type TestWorkflow,
} from "@/inngest/runtime/runtime.testkit";
import { createGroupWriter } from "@/server/db/group-writer";
import { createRunStore } from "@/server/modules/runs/store";
import { retrying } from "../embedded/retrying";
import { createFleet, type Fleet } from "./fleet.testkit";
import { startPeople } from "./people.testkit";
import { createReceiver, type Receiver } from "./receiver.testkit";
import { shapes } from "./shapes.testkit";

/** How much a fault test does. The long form is `npm run test:faults`. */
export const extent = {
  runs: Number(process.env["FAULT_RUNS"] ?? "42"),
  rounds: Number(process.env["FAULT_ROUNDS"] ?? "3"),
};

export interface FaultScene {
  pool: Pool;
  fleet: Fleet;
  receiver: Receiver;
  started: { id: string; shape: string }[];
  /** Starts so many runs, of all shapes in turn. */
  start(runs: number): Promise<void>;
  /**
   * Does something that breaks off work, and notes which calls may have been under way: those that came and were not
   * recorded. Each of them may be made once more for it, and no other.
   */
  interrupt(breakOff: () => Promise<void>): Promise<void>;
  /** How often the call of a key may have been interrupted. */
  interruptions: ReadonlyMap<string, number>;
  /** Waits until no run has anything left to do. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** `isHeld`: calls are answered only when the receiver releases them. */
export async function createFaultScene(
  database: { url: string; pool: Pool },
  { environment = {}, isHeld = false }: { environment?: Record<string, string>; isHeld?: boolean } = {},
): Promise<FaultScene> {
  const { pool } = database;
  const writer = createGroupWriter(pool);
  const store = createRunStore(pool, writer);
  const [receiver, fleet] = await Promise.all([createReceiver(), createFleet(database, environment)]);
  const people = startPeople(pool, store);
  const organizationId = newId();
  await pool.query("insert into organizations (id, slug, name) values ($1, 'faults', 'Faults')", [organizationId]);
  await insertConnection(pool, organizationId, "echo", `${receiver.baseUrl}${isHeld ? "/held" : ""}`);
  const workflows: [string, TestWorkflow][] = [];
  for (const [shape, { document }] of Object.entries(shapes))
    workflows.push([shape, await insertWorkflow(pool, document, { organizationId })]);
  const started: { id: string; shape: string }[] = [];
  const interruptions = new Map<string, number>();

  async function recorded(): Promise<Set<string>> {
    const { rows } = await pool.query<{ key: string }>("select distinct idempotency_key as key from receipts");
    return new Set(rows.map((row) => row.key));
  }

  return {
    pool,
    fleet,
    receiver,
    started,
    interruptions,
    async start(runs) {
      await Promise.all(
        Array.from({ length: runs }, async (_, index) => {
          const [shape, workflow] = workflows[index % workflows.length] ?? [];
          if (shape === undefined || workflow === undefined) return;
          // Whoever starts a run and hears nothing asks again, under the same key.
          const startKey = newId();
          started.push({
            id: await retrying(
              () => startTestRun({ store }, workflow, {}, startKey),
              () => false,
            ),
            shape,
          });
        }),
      );
    },
    async interrupt(breakOff) {
      const before = await recorded();
      await breakOff();
      await receiver.heard();
      for (const key of receiver.calls.keys())
        if (!before.has(key)) interruptions.set(key, (interruptions.get(key) ?? 0) + 1);
    },
    async settled() {
      await eventually(
        async () => {
          if (fleet.crashes.length > 0) throw new Error(`A worker ended by itself: ${fleet.crashes.join("")}`);
          return (await pool.query<{ status: string; n: number }>(openSql)).rows.map(
            ({ status, n }) => `${status}: ${String(n)}`,
          );
        },
        (open) => open.length === 0,
        120_000,
      );
    },
    async close() {
      await fleet.close();
      await people.stop();
      await receiver.close();
      await writer.close();
    },
  };
}

/** Runs that have neither ended nor wait for the decision that nobody makes, and drivers that still have a call to make. */
const openSql = `
  select status, count(*)::int as n from runs r
  where ended_at is null and not exists (select 1 from waitpoints w where w.run_id = r.id and w.status = 'open' and 'role:nobody' = any(w.assignees))
  group by status
  union all select 'calls', count(*)::int from exec_jobs having count(*) > 0
  union all select 'events', count(*)::int from event_outbox having count(*) > 0`;

/** Moves everything that the product has written into the past, as if so many minutes had gone by. */
export async function timePasses(pool: Pool, minutes: number): Promise<void> {
  const { rows } = await pool.query<{ name: string; columns: string[] }>(
    `select table_name as name, array_agg(quote_ident(column_name)) as columns from information_schema.columns
     where table_schema = current_schema() and data_type = 'timestamp with time zone'
       and table_name in ('runs', 'step_runs', 'waitpoints', 'event_outbox', 'exec_runs', 'exec_jobs', 'exec_waits', 'exec_workers', 'exec_dedupe')
     group by table_name`,
  );
  for (const { name, columns } of rows)
    await pool.query(
      `update ${name} set ${columns.map((column) => `${column} = ${column} - interval '${String(minutes)} minutes'`).join(", ")}`,
    );
}
