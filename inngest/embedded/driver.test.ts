import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/core/ids";
import { createTestDatabase, type TestDatabase } from "@/tests/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

async function ask(call: string, values: unknown[]): Promise<boolean> {
  const { rows } = await database.pool.query<{ answer: boolean }>(`select ${call} as answer`, values);
  return rows[0]?.answer ?? false;
}
const hasCall = (run: string, generation: number) => ask("exec_has_call($1, $2)", [run, generation]);
const alive = (execRun: string) => ask("exec_alive($1)", [execRun]);

/** A function run that this event started, with one call to make unless it is parked. */
async function functionRun(name: string, data: object, parked = false): Promise<string> {
  const id = newId();
  await database.pool.query("insert into exec_runs (id, function_id, events) values ($1, 'f', $2)", [
    id,
    JSON.stringify([{ name, data }]),
  ]);
  if (!parked)
    await database.pool.query("insert into exec_jobs (exec_run, step_id, fence) values ($1, 'step', 1)", [id]);
  return id;
}

test("3.18 a queued call and one under way are both known, by run and generation", async () => {
  const run = newId();
  const driver = await functionRun("run/requested", { runId: run, generation: 2 });
  expect(await hasCall(run, 2)).toBe(true);
  expect(await hasCall(run, 1)).toBe(false);
  expect(await hasCall(newId(), 2)).toBe(false);
  await database.pool.query("update exec_jobs set leased_by = $1 where exec_run = $2", [newId(), driver]);
  expect(await hasCall(run, 2)).toBe(true);
  await database.pool.query("delete from exec_jobs where exec_run = $1", [driver]);
  expect(await hasCall(run, 2)).toBe(false);
  expect(await alive(driver)).toBe(true);
  await database.pool.query("delete from exec_runs where id = $1", [driver]);
  expect(await alive(driver)).toBe(false);
});

test("a lane beside a parked driver counts; another function's run for the same id does not", async () => {
  const run = newId();
  await functionRun("run/requested", { runId: run, generation: 1 }, true);
  await functionRun("other/event", { runId: run, generation: 1 });
  expect(await hasCall(run, 1)).toBe(false);
  await functionRun("run/requested", { runId: run, generation: 1, lane: newId() });
  expect(await hasCall(run, 1)).toBe(true);
});

test("with many parked runs it is answered from the index", async () => {
  await database.pool.query(
    `insert into exec_runs (id, function_id, events)
     select gen_random_uuid(), 'f', jsonb_build_array(jsonb_build_object('name', 'run/requested', 'data', jsonb_build_object('runId', gen_random_uuid(), 'generation', 1)))
     from generate_series(1, 20000)`,
  );
  const client = await database.pool.connect();
  const run = newId();
  await functionRun("run/requested", { runId: run, generation: 1 });
  // Counts of this connection, since it last reported them: nothing to wait for.
  const count = async (what: string): Promise<number> => {
    const { rows } = await client.query<{ n: string }>(`select ${what} as n`);
    return Number(rows[0]?.n);
  };
  const scanned = () => count("pg_stat_get_xact_tuples_returned('exec_runs'::regclass)");
  const probed = () => count("pg_stat_get_xact_numscans('exec_runs_driver'::regclass)");
  try {
    await client.query("begin");
    const before = { scanned: await scanned(), probed: await probed() };
    const { rows } = await client.query("select exec_has_call($1, 1) as answer", [run]);
    expect(rows).toEqual([{ answer: true }]);
    expect({ scanned: await scanned(), probed: await probed() }).toEqual({ ...before, probed: before.probed + 1 });
    await client.query("commit");
  } finally {
    client.release();
  }
});
