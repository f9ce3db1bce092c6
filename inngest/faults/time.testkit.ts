import type { Pool } from "pg";
import { inngestServer } from "@/inngest/runtime/patience.testkit";
import { silentElsewhere } from "@/inngest/sweeper";
import { sweepRuns, type SweepResult } from "@/server/modules/runs/sweep-store";
import { extent } from "./extent.testkit";

const written = [
  "runs",
  "step_runs",
  "waitpoints",
  "event_outbox",
  "exec_runs",
  "exec_jobs",
  "exec_waits",
  "exec_dedupe",
];

/** A real server's clock cannot be moved. Up to two minutes pass; what would last longer lasts so many seconds, but in the long form. */
const insteadSeconds = 20;

/** How long it really is between two moments that are said to be so many seconds apart. */
const lasts = (seconds: number): number => (extent.inRealTime || seconds <= 120 ? seconds : insteadSeconds);

/**
 * With a real server the sweeper cannot see what lies in its queue: it gives runs that have shown no life for ten minutes a new driver,
 * and the old one finds itself replaced. Until then nobody may take a run for dead.
 */
export const isTakenForDeadAfter = (seconds: number): boolean =>
  inngestServer !== undefined && lasts(seconds) >= silentElsewhere;

/** As the worker's own sweeper looks. */
export const sweep = (pool: Pool): Promise<SweepResult> =>
  sweepRuns(pool, inngestServer === undefined ? undefined : silentElsewhere);

/** How long a step lasts that lasts long. */
export const longStepMinutes = inngestServer === undefined || extent.inRealTime ? 20 : 1;

/** As if so many seconds had gone by with no worker there: everything that the product has written is moved into the past. */
export async function timePasses(pool: Pool, seconds: number): Promise<void> {
  if (inngestServer === undefined) await move(pool, [...written, "exec_workers"], seconds);
  else await reallyPass(pool, lasts(seconds));
}

/** The same while workers live: they have gone on saying so. */
export async function timePassesAtWork(pool: Pool, seconds: number): Promise<void> {
  if (extent.inRealTime || inngestServer !== undefined) await reallyPass(pool, seconds);
  else await move(pool, written, seconds);
}

/** A downtime of so many seconds: in real time in the long form. */
export async function downtime(pool: Pool, seconds: number): Promise<void> {
  if (extent.inRealTime) await reallyPass(pool, seconds);
  else await timePasses(pool, seconds);
}

/**
 * So many seconds in the long form and with a real server; the short one lets its workers be silent for a few seconds only, and needs
 * no more.
 */
export async function silence(pool: Pool, seconds: number): Promise<void> {
  if (extent.inRealTime || inngestServer !== undefined) await reallyPass(pool, seconds);
}

/** By the clock of the database, whose times are the ones that count. */
async function reallyPass(pool: Pool, seconds: number): Promise<void> {
  await pool.query("select pg_sleep($1)", [seconds]);
}

async function move(pool: Pool, tables: string[], seconds: number): Promise<void> {
  const { rows } = await pool.query<{ name: string; columns: string[] }>(
    `select table_name as name, array_agg(quote_ident(column_name)) as columns from information_schema.columns
     where table_schema = current_schema() and data_type = 'timestamp with time zone' and table_name = any($1)
     group by table_name`,
    [tables],
  );
  for (const { name, columns } of rows)
    await pool.query(
      `update ${name} set ${columns.map((column) => `${column} = ${column} - interval '${String(seconds)} seconds'`).join(", ")}`,
    );
}
