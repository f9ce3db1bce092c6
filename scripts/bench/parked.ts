import { setTimeout as delay } from "node:timers/promises";
import { Pool } from "pg";

/**
 * Parks one run for real and copies its rows, journal and executor alike, `count` times: the database then looks as if so many
 * runs waited for a person, without the minutes it takes to start them one by one.
 */
export async function parkRuns(database: string, park: () => Promise<string>, count: number): Promise<void> {
  const pool = new Pool({ connectionString: database, max: 2 });
  const id = await park();
  let driver: string | null = null;
  while (driver === null) {
    await delay(50);
    const { rows } = await pool.query<{ parked_by: string | null }>("select parked_by from runs where id = $1", [id]);
    driver = rows[0]?.parked_by ?? null;
  }
  const client = await pool.connect();
  await client.query(
    "create temp table copies as select gen_random_uuid() as run, gen_random_uuid() as exec from generate_series(1, $1)",
    [count],
  );
  const copies: [table: string, from: string, changed: Record<string, string>][] = [
    ["runs", "id = $1", { id: "c.run", parked_by: "c.exec::text" }],
    ["step_runs", "run_id = $1", { run_id: "c.run", id: "gen_random_uuid()" }],
    ["waitpoints", "run_id = $1", { run_id: "c.run", id: "gen_random_uuid()" }],
    ["exec_runs", "id = $2::uuid", { id: "c.exec" }],
    ["exec_steps", "exec_run = $2::uuid", { exec_run: "c.exec", seq: "nextval('exec_steps_seq_seq')" }],
    [
      "exec_waits",
      "exec_run = $2::uuid",
      { exec_run: "c.exec", match_key: "replace(t.match_key, $1::text, c.run::text)" },
    ],
  ];
  for (const [table, where, changed] of copies) {
    const { rows } = await client.query<{ name: string }>(
      "select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1",
      [table],
    );
    const columns = rows.map((row) => row.name);
    const values = columns.map((name) => changed[name] ?? `t."${name}"`);
    await client.query(
      `insert into ${table} (${columns.map((name) => `"${name}"`).join(", ")}) select ${values.join(", ")} from ${table} t cross join copies c where t.${where} and ($1::uuid is not null and $2::text is not null)`,
      [id, driver],
    );
  }
  await client.query("analyze");
  client.release();
  await pool.end();
}
