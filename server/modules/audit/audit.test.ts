import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { hotPool } from "@/server/db/pools";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  south = await createTestOrganization("south");
  await withTransaction(async (tx) => {
    for (let index = 0; index < 25; index += 1)
      await writeAudit(tx, north.members.owner.actor, "thing.done", { type: "thing", id: String(index) }, { index });
  });
});
afterAll(() => database.close());

const read = (query: string, key = north.members.owner.apiKey) => rest(key, "GET", `/api/v1/audit${query}`);

describe("F-3 the audit log", () => {
  it("cannot be changed, even in the database", async () => {
    for (const statement of [
      "update audit_entries set action = 'x'",
      "delete from audit_entries",
      "truncate audit_entries",
    ]) {
      await expect(database.pool.query(statement)).rejects.toThrow("append-only");
      await expect(hotPool().query(statement)).rejects.toThrow("permission denied");
    }
  });

  it("is not written when the act is rolled back", async () => {
    const undone = withTransaction(async (tx) => {
      await writeAudit(tx, north.members.owner.actor, "thing.undone", { type: "thing", id: "x" });
      throw new Error("changed my mind");
    });
    await expect(undone).rejects.toThrow("changed my mind");
    expect((await read("?action=thing.undone")).json.entries).toEqual([]);
  });

  it("pages with a stable cursor while lines are added", async () => {
    const seen: string[] = [];
    let cursor = "";
    do {
      const { json } = await read(`?action=thing.done&limit=10${cursor}`);
      seen.push(...json.entries.map((entry: { subject: { id: string } }) => entry.subject.id));
      await withTransaction((tx) =>
        writeAudit(tx, north.members.owner.actor, "thing.late", { type: "thing", id: "late" }),
      );
      cursor = json.next_cursor === null ? "" : `&cursor=${json.next_cursor}`;
    } while (cursor !== "");
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => String(24 - index)));
  });

  it("pages with an offset", async () => {
    const { status, json } = await read("?action=thing.done&limit=200&offset=20");
    expect([status, json.entries.length]).toEqual([200, 5]);
  });

  it.each(["?limit=0", "?limit=201", "?limit=-1", "?limit=x", "?offset=-1"])("422 for %s", async (query) => {
    expect((await read(query)).status).toBe(422);
  });

  it.each(["x", "bnVsbA", "WyJhIiwiYiJd", "WyJhIl0"])(
    "400 for the cursor %s, which we did not make",
    async (cursor) => {
      expect((await read(`?cursor=${cursor}`)).status).toBe(400);
    },
  );

  it("stays within the organization", async () => {
    expect((await read("", south.members.owner.apiKey)).json.entries).toEqual([]);
  });
});
