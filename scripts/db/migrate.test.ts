import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createTestDatabase } from "@/tests/database";
import type { TestDatabase } from "@/tests/database";
import { migrate } from "./migrate";
import { migrationNames } from "./project-files";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test("a migrated database has every migration on record and nothing left to apply", async () => {
  const { rows } = await database.pool.query<{ migration_name: string }>(
    "select migration_name from _prisma_migrations order by 1",
  );
  expect(rows.map((row) => row.migration_name)).toEqual(migrationNames());
  expect(await migrate(database.ownerUrl)).toEqual([]);
});

test("machines that start together on an empty database migrate it once", async () => {
  const admin = new Client({ connectionString: inject("postgresUrl") });
  await admin.connect();
  const name = `together_${randomBytes(6).toString("hex")}`;
  await admin.query(`create database ${name}`);
  try {
    const url = inject("postgresUrl").replace(/\/postgres$/, `/${name}`);
    const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(applied.flat()).toEqual(migrationNames());
  } finally {
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  }
});

test("a database of a newer version is refused by name", async () => {
  await database.pool.query(
    "insert into _prisma_migrations (id, checksum, finished_at, migration_name) values ('x', 'x', now(), '20990101000000_future')",
  );
  await expect(migrate(database.ownerUrl)).rejects.toThrow(/newer version.*20990101000000_future/);
});
