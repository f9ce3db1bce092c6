import { Client } from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { newId } from "@/core/ids";
import { useTestDatabase } from "@/server/db/database.testkit";
import { groupWriter, hotPool } from "@/server/db/pools";
import type { TestDatabase } from "@/tests/database";
import { findRunOutcome } from "./outcome-store";
import { createRunStore } from "./store";

let database: TestDatabase;
beforeAll(async () => {
  database = await useTestDatabase();
});
afterAll(() => database.close());

it.each<[string, () => Promise<unknown>]>([
  ["a run's load", () => createRunStore(hotPool(), groupWriter()).loadRun(newId())],
  ["a run's outcome", () => findRunOutcome(newId())],
])("%s goes through the index, also by a plan that was made while there were few runs", async (what, read) => {
  // As large as a table is a second after the first start.
  await database.pool.query(
    `insert into runs (id, organization_id, workflow_id, version_id, version, status, trigger_type, input, owner_id)
     select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 'completed', 'api', '{}', gen_random_uuid() from generate_series(1, 40)`,
  );
  await database.pool.query("analyze runs");
  const scans = async () => {
    await database.pool.query("select pg_stat_force_next_flush()");
    const { rows } = await database.pool.query<{ whole: string; index: string }>(
      "select seq_scan as whole, idx_scan as index from pg_stat_user_tables where relname = 'runs'",
    );
    return { whole: Number(rows[0]?.whole), index: Number(rows[0]?.index) };
  };
  // On one connection, whose counts are told when it says so.
  const query = vi.spyOn(Client.prototype, "query");
  await read();
  const [{ text, values }] = query.mock.calls[0] as unknown as [{ text: string; values: unknown[] }];
  query.mockRestore();
  const client = await database.pool.connect();
  try {
    const before = await scans();
    for (let time = 0; time < 10; time += 1) await client.query({ name: what, text, values });
    await client.query("select pg_stat_force_next_flush()");
    await client.query("select 1");
    const after = await scans();
    expect({ whole: after.whole - before.whole, index: after.index - before.index }).toEqual({ whole: 0, index: 10 });
  } finally {
    client.release();
  }
});
