import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { Client } from "pg";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";
import type { LineFilter } from "./line-store";
import { listLines } from "./service";

let database: TestDatabase;
let north: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  // A year of lines, one every five minutes, of two organizations; what is looked for is rare and old.
  await database.pool.query(
    `insert into audit_entries (organization_id, at, actor, action, subject_type, subject_id, data)
     select case when n % 2 = 0 then $1 else gen_random_uuid() end, now() - n * interval '5 min',
       jsonb_build_object('type', 'user', 'id', case when n between 90000 and 90100 then 'kim' else 'u' || n % 50 end, 'name', 'K', 'via', 'ui'),
       case when n between 80000 and 80100 then 'connection.deleted' else 'run.started' end,
       case when n between 70000 and 70100 then 'legal_hold' else 'run' end, 's' || n, '{}'
     from generate_series(1, 100000) n`,
    [north.id],
  );
  await database.pool.query("analyze audit_entries");
}, 60_000);
afterAll(() => database.close());

const year = 365 * 24 * 3_600_000;
it.each<[string, LineFilter]>([
  ["nothing", {}],
  ["an action", { action: "connection.deleted" }],
  ["a person", { person: "kim" }],
  ["a kind", { subjectType: "legal_hold" }],
  ["a time", { since: new Date(Date.now() - year), until: new Date(Date.now() - year / 2) }],
  ["subjects", { subjects: [{ type: "run", id: "s60000" }] }],
  ["a person and a time", { person: "kim", since: new Date(Date.now() - year) }],
])("A18 the log filtered by %s is found through an index, however long it is", async (_, filter) => {
  const query = vi.spyOn(Client.prototype, "query");
  const { items } = await listLines(north.members.owner.actor, filter, { limit: 50, offset: 0 });
  const [text, values] = query.mock.calls.find(
    ([asked]) => typeof asked === "string" && asked.includes("audit_entries"),
  ) as unknown as [string, unknown[]];
  query.mockRestore();
  expect(items.length).toBeGreaterThan(0);
  const { rows } = await database.pool.query<{ "QUERY PLAN": string }>(
    `explain (analyze, format text) ${text}`,
    values,
  );
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  expect(plan).toMatch(/audit_entries_\w+/);
  expect(plan).not.toMatch(/Seq Scan on audit_entries/);
  const removed = [...plan.matchAll(/Rows Removed by Filter: (\d+)/g)].map(([, count]) => Number(count));
  expect(Math.max(0, ...removed), plan).toBeLessThan(1_000);
});
