import fc from "fast-check";
import type { ClientBase, Pool } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { useTestDatabase } from "@/server/db/database.testkit";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { createSealer } from "./seal";
import { listHeads, listSeals } from "./store";
import { verifyChain } from "./verify";

let database: TestDatabase;

beforeAll(async () => {
  database = await useTestDatabase();
});
afterAll(() => database.close());

const line = "select put_audit($1, system_actor(), null, 'thing.done', 'thing', $2, $3, null)";
async function write(
  organizationId: string,
  count: number,
  on: Pick<Pool | ClientBase, "query"> = database.pool,
): Promise<void> {
  for (let index = 0; index < count; index += 1)
    await on.query(line, [organizationId, String(index), JSON.stringify({ index, exact: 0.1 })]);
}
async function verify(organizationId: string, head?: string) {
  const client = await database.pool.connect();
  try {
    return await verifyChain(client, organizationId, { keptHead: head });
  } finally {
    client.release();
  }
}
/** Nothing else is under way in this database. */
async function sealAll(sealer: ReturnType<typeof createSealer>, organizationId: string): Promise<void> {
  await sealer.seal();
  expect(await verify(organizationId)).toMatchObject({ unsealed: 0 });
}

/** As somebody who owns the database: past the triggers. */
async function tampered<T>(statements: [string, unknown[]][], look: () => Promise<T>): Promise<T> {
  const around = async (work: [string, unknown[]][]) => {
    const client = await database.pool.connect();
    try {
      await client.query("begin");
      await client.query("set local session_replication_role = replica");
      for (const [sql, values] of work) await client.query(sql, values);
      await client.query("commit");
    } finally {
      client.release();
    }
  };
  await around([
    ["create table kept_lines as select * from audit_entries", []],
    ["create table kept_seals as select * from audit_seals", []],
    ...statements,
  ]);
  try {
    return await look();
  } finally {
    await around([
      ["delete from audit_entries", []],
      ["insert into audit_entries select * from kept_lines", []],
      ["delete from audit_seals", []],
      ["insert into audit_seals select * from kept_seals", []],
      ["drop table kept_lines, kept_seals", []],
    ]);
  }
}

it("M7 M6 links are append-only like the lines, and what is sealed verifies", async () => {
  const organizationId = newId();
  await write(organizationId, 3);
  const sealer = createSealer(database.pool);
  await sealAll(sealer, organizationId);
  expect(await sealer.seal()).toBe(0);
  await write(organizationId, 2);
  expect(await verify(organizationId)).toMatchObject({ problem: null, links: 1, sealed: 3, unsealed: 2 });
  for (const statement of ["update audit_seals set hash = ''", "delete from audit_seals", "truncate audit_seals"])
    await expect(database.pool.query(statement)).rejects.toThrow("audit_seals is append-only");
});

it("M7 a line whose transaction is still open is waited for, however early its number", async () => {
  const organizationId = newId();
  const slow = await database.pool.connect();
  await slow.query("begin");
  await write(organizationId, 1, slow);
  await write(organizationId, 4);
  const sealer = createSealer(database.pool);
  expect(await sealer.seal()).toBe(0);
  await slow.query("commit");
  slow.release();
  await sealAll(sealer, organizationId);
  expect(await verify(organizationId)).toMatchObject({ problem: null, sealed: 5, unsealed: 0 });
});

it("M7 what another database of the same server has under way holds up nobody's lines", async () => {
  const organizationId = newId();
  const other = await createTestDatabase();
  const elsewhere = await other.pool.connect();
  await elsewhere.query("begin");
  await write(newId(), 1, elsewhere);
  await write(organizationId, 2);
  await sealAll(createSealer(database.pool), organizationId);
  await elsewhere.query("rollback");
  elsewhere.release();
  await other.close();
});

it("M7 of several sealers at once each line is sealed once", async () => {
  const organizationId = newId();
  await write(organizationId, 10);
  await Promise.all(Array.from({ length: 4 }, () => createSealer(database.pool).seal()));
  await sealAll(createSealer(database.pool), organizationId);
  expect(await verify(organizationId)).toMatchObject({ problem: null, sealed: 10, unsealed: 0 });
});

it("M7 any change, removal or insertion in the middle is found, in lines and in links", async () => {
  const organizationId = newId();
  const sealer = createSealer(database.pool);
  for (const count of [3, 1, 4]) {
    await write(organizationId, count);
    await sealAll(sealer, organizationId);
  }
  const { rows } = await database.pool.query<{ id: string }>(
    "select id::text from audit_entries where organization_id = $1 order by id",
    [organizationId],
  );
  const ids = rows.map(({ id }) => id);
  const seals = await listSeals(await pooled(), organizationId);
  const id = fc.constantFrom(...ids);
  const lastId = fc.constantFrom(...seals.slice(0, -1).map((seal) => seal.lastId));
  const field = fc.constantFrom(
    "action = 'x'",
    "subject_id = 'x'",
    "subject_type = 'x'",
    "at = at + interval '1 millisecond'",
    `actor = actor || '{"name": "Kim"}'`,
    `data = data || '{"exact": 0.10000000000000000001}'`,
    "address = '::1'",
    "auth = 'session'",
    "payload_hash = 'x'",
    `organization_id = '${newId()}'`,
  );
  const attack = fc.oneof(
    fc
      .tuple(field, id)
      .map(([set, at]): [string, unknown[]] => [`update audit_entries set ${set} where id = $1`, [at]]),
    id.map((at): [string, unknown[]] => ["delete from audit_entries where id = $1", [at]]),
    id.map((at): [string, unknown[]] => [
      `insert into audit_entries (id, organization_id, at, actor, action, subject_type, subject_id)
        select -id, organization_id, at, actor, action, subject_type, subject_id from audit_entries where id = $1`,
      [at],
    ]),
    lastId.map((at): [string, unknown[]] => [
      "delete from audit_seals where organization_id = $1 and last_id = $2",
      [organizationId, at],
    ]),
    lastId.map((at): [string, unknown[]] => [
      "update audit_seals set hash = md5(hash) where organization_id = $1 and last_id = $2",
      [organizationId, at],
    ]),
  );
  await fc.assert(
    fc.asyncProperty(attack, async (statement) => {
      const report = await tampered([statement], () => verify(organizationId));
      expect(report.problem).toMatch(/lines?|link/);
    }),
    { numRuns: 60 },
  );
  expect((await verify(organizationId)).problem).toBeNull();
});

it("M7 a chain that was cut off at its end is found by a head that was kept elsewhere", async () => {
  const organizationId = newId();
  const sealer = createSealer(database.pool);
  await write(organizationId, 2);
  await sealAll(sealer, organizationId);
  await write(organizationId, 2);
  await sealAll(sealer, organizationId);
  const [head] = await listHeads(await pooled(), [organizationId]);
  expect((await verify(organizationId, head?.hash)).problem).toBeNull();
  const cut: [string, unknown[]][] = [
    ["delete from audit_entries where organization_id = $1 and id > $2", [organizationId, Number(head?.lastId) - 2]],
    ["delete from audit_seals where organization_id = $1 and last_id = $2", [organizationId, head?.lastId]],
  ];
  const report = await tampered(cut, () => verify(organizationId, head?.hash));
  expect(report.problem).toContain("cut off");
});

/** For single reads. */
async function pooled(): Promise<ClientBase> {
  const client = await database.pool.connect();
  client.release();
  return client;
}
