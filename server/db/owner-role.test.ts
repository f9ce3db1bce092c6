import { afterEach, expect, test } from "vitest";
import { findMissing } from "@/server/api/health/readiness";
import { useTestDatabase } from "@/server/db/database.testkit";
import { forgetEnv } from "@/server/env";
import type { TestDatabase } from "@/tests/database";
import { ownerRoleWarning } from "./owner-role";

let database: TestDatabase;
afterEach(() => database.close());

async function workAs(url: (database: TestDatabase) => string): Promise<void> {
  database = await useTestDatabase();
  process.env["DATABASE_URL"] = url(database);
  forgetEnv();
}

test("M7 the product that works as the role made for it has nothing to say", async () => {
  await workAs(({ url }) => url);
  expect(await ownerRoleWarning()).toBeUndefined();
  expect((await findMissing()).warnings).toEqual([]);
});

test("M7 the product that finds itself a superuser says so in its health", async () => {
  await workAs(({ ownerUrl }) => ownerUrl);
  expect((await findMissing()).warnings).toEqual([
    expect.stringMatching(/^The product works in the database as a superuser, .* HOLDPOINT_MIGRATION_DATABASE_URL/),
  ]);
});

test("M7 so does one that owns the tables without being a superuser", async () => {
  await workAs(({ url }) => url);
  await database.pool.query("alter table audit_entries owner to holdpoint_app");
  expect(await ownerRoleWarning()).toMatch(/^The product works in the database as the owner of its tables/);
});
