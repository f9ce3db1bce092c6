import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Pool } from "pg";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { appRole } from "./app-role";
import { migrate } from "./migrate";

let database: TestDatabase;
let app: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  app = new Pool({ connectionString: database.url, max: 2 });
});
afterAll(async () => {
  await app.end();
  await database.close();
});

const organization = "0197f9a2-0000-7000-8000-000000000001";
const writeLine = () =>
  app.query(
    "insert into audit_entries (organization_id, actor, action, subject_type, subject_id) values ($1, '{}', 'a', 'b', 'c')",
    [organization],
  );

describe("M7 the product's role", () => {
  test("is no superuser and may make neither roles nor databases", async () => {
    const { rows } = await app.query<Record<string, unknown>>(
      `select current_user as name, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication
        from pg_roles where rolname = current_user`,
    );
    expect(rows).toEqual([
      {
        name: appRole,
        rolsuper: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolbypassrls: false,
        rolreplication: false,
      },
    ]);
  });

  test.each([
    "alter table audit_entries disable trigger audit_entries_append_only",
    "alter table runs add column x int",
    "drop table runs",
    "create table own (n int)",
    "create function own() returns int language sql as 'select 1'",
    "create or replace function audit_entries_refuse_change() returns trigger language plpgsql as $$ begin return null; end $$",
    "truncate runs",
    "update audit_entries set action = 'x'",
    "delete from audit_entries",
    "truncate audit_entries",
    "update audit_seals set hash = 'x'",
    "delete from audit_seals",
    "truncate audit_seals",
    "delete from _prisma_migrations",
    "set session_replication_role = replica",
    "select pg_read_file('/etc/hostname')",
    "copy runs to program 'id'",
    "copy organizations from program 'id'",
    "create role another",
    "alter role holdpoint_app superuser",
    "set role holdpoint",
  ])("may not: %s", async (statement) => {
    await writeLine();
    await expect(app.query(statement)).rejects.toMatchObject({ code: "42501" });
  });

  test("may work with everything else, the tables and functions of a later migration included", async () => {
    await writeLine();
    await app.query("insert into audit_seals (organization_id, last_id, entries, hash) values ($1, 1, 1, 'x')", [
      organization,
    ]);
    const { rows } = await app.query<{ name: string; all: boolean }>(
      `select tablename as name, has_table_privilege(quote_ident(tablename), 'select') and has_table_privilege(quote_ident(tablename), 'insert')
          and has_table_privilege(quote_ident(tablename), 'update') and has_table_privilege(quote_ident(tablename), 'delete') as all
        from pg_tables where schemaname = 'public'`,
    );
    const partly = rows.filter((row) => !row.all).map((row) => row.name);
    expect(partly.sort()).toEqual(["_prisma_migrations", "audit_entries", "audit_seals"]);
    await database.pool.query("create table later (id bigserial, name text)");
    await app.query("insert into later (name) values ('x')");
    expect((await app.query("update later set name = 'y'")).rowCount).toBe(1);
  });

  test("has its rights again after a migrate, whatever was granted meanwhile", async () => {
    await database.pool.query(`grant update, delete on audit_entries to ${appRole}`);
    await migrate(database.ownerUrl, appRole);
    await writeLine();
    await expect(app.query("delete from audit_entries")).rejects.toMatchObject({ code: "42501" });
  });

  test("that does not exist is named in a sentence", async () => {
    await expect(migrate(database.ownerUrl, "nobody_here")).rejects.toThrow(
      /^The database has no role "nobody_here", which DATABASE_URL names\. Create it/,
    );
  });
});
