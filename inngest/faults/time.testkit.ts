import type { Pool } from "pg";
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

/** Moves everything that the product has written into the past, as if so many seconds had gone by with no worker there. */
export async function timePasses(pool: Pool, seconds: number): Promise<void> {
  await move(pool, [...written, "exec_workers"], seconds);
}

/** The same while workers live: they have gone on saying so. */
export async function timePassesAtWork(pool: Pool, seconds: number): Promise<void> {
  if (extent.inRealTime) await reallyPass(pool, seconds);
  else await move(pool, written, seconds);
}

/** A downtime of so many seconds: in real time in the long form. */
export async function downtime(pool: Pool, seconds: number): Promise<void> {
  if (extent.inRealTime) await reallyPass(pool, seconds);
  else await timePasses(pool, seconds);
}

/** So many seconds in the long form; the short one lets its workers be silent for a few seconds only, and needs no more. */
export async function silence(pool: Pool, seconds: number): Promise<void> {
  if (extent.inRealTime) await reallyPass(pool, seconds);
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
