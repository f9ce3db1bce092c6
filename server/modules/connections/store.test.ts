import { afterAll, beforeAll, expect, it } from "vitest";
import { insertConnection } from "@/inngest/runtime/runtime.testkit";
import { createTestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";
import { createConnectionLoader } from "./store";

let database: TestDatabase;
beforeAll(async () => {
  database = await useTestDatabase();
});
afterAll(() => database.close());

it("B-60 a step that begins after a connection was changed uses it as it is now, in every process", async () => {
  const { id } = await createTestOrganization("north");
  await insertConnection(database.pool, id, "crm", "http://127.0.0.1:1");
  const load = createConnectionLoader(database.pool);
  expect(await load(id, "crm")).toMatchObject({ authType: "none", secretSealed: null });
  // What another process writes: nobody tells this one.
  await database.pool.query(
    "update connections set auth_type = 'bearer', secret_sealed = 'new' where organization_id = $1",
    [id],
  );
  expect(await load(id, "crm")).toMatchObject({ authType: "bearer", secretSealed: "new" });
});
