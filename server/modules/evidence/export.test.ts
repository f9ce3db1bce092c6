import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCaller } from "@/server/routes/root";
import { rest } from "@/server/api/rest/client.testkit";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { createSealer } from "@/server/modules/audit/service";
import { serveRest } from "@/server/routes/serve-rest";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  south = await createTestOrganization("south");
  await withTransaction(async (tx) => {
    const { actor } = north.members.owner;
    for (let index = 0; index < 450; index += 1)
      await writeAudit(
        tx,
        { ...actor, name: "=HYPERLINK(1)" },
        "thing.done",
        { type: "thing", id: String(index) },
        { index },
      );
  });
});
afterAll(() => database.close());

async function file(query: string, key = north.members.admin.apiKey): Promise<{ response: Response; text: string }> {
  const response = await serveRest(
    new Request(`http://127.0.0.1/api/v1/audit/export?${query}`, { headers: { authorization: `Bearer ${key}` } }),
  );
  // As bytes: reading it as text takes the mark away.
  return { response, text: Buffer.from(await response.arrayBuffer()).toString() };
}
const log = () => createCaller({ actor: north.members.admin.actor, requestId: "test" }).audit;

describe("56 the activity as a file", () => {
  it("56 CSV: every line once, newest first, nothing that a spreadsheet calculates", async () => {
    const { response, text } = await file("format=csv&action=thing.done");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="activity-[\d-]{10}\.csv"$/);
    expect(text.startsWith("\uFEFFnumber,time,who,")).toBe(true);
    const lines = text.trimEnd().split("\r\n").slice(1);
    expect(lines).toHaveLength(450);
    expect(lines.every((line) => line.includes(",'=HYPERLINK(1),"))).toBe(true);
    expect(new Set(lines.map((line) => line.split(",")[0])).size).toBe(450);
  });

  it("56 JSON Lines: each one the entry as it is listed; only of the own organization, by those who may read it", async () => {
    const { text } = await file("format=jsonl&action=thing.done&search=");
    const entries = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(entries).toHaveLength(450);
    expect(entries.slice(0, 2)).toEqual((await log().list({ action: "thing.done", limit: 2 })).items);
    expect((await file("format=jsonl&action=thing.done", south.members.admin.apiKey)).text).toBe("");
    expect((await file("format=jsonl", north.members.builder.apiKey)).response.status).toBe(403);
    expect((await file("format=exe")).response.status).toBe(422);
  });

  it("56 that it was taken is a line, with what was chosen", async () => {
    await file("format=csv&action=thing.done&subject_type=thing");
    const [line] = (await log().list({ action: "audit.exported", limit: 1 })).items;
    expect(line).toMatchObject({
      actor: { id: north.members.admin.keyId },
      data: { format: "csv", lines: 450, filter: { action: "thing.done", subjectType: "thing" } },
    });
  });

  it("56 more than a file holds is refused before anything is sent, and the page knows it before", async () => {
    await database.pool.query(
      `insert into audit_entries (organization_id, actor, action, subject_type, subject_id)
       select $1, system_actor(), 'many.done', 'thing', n::text from generate_series(1, 100001) n`,
      [north.id],
    );
    expect(await log().size({ action: "many.done" })).toEqual({ lines: 100_001 });
    const { response, text } = await file("format=csv&action=many.done");
    expect([response.status, text]).toEqual([422, expect.stringContaining("Choose a shorter time")]);
  });
});

describe("56 the seals from the page", () => {
  it("56 tells the newest seal without calling it whole, checks it when asked, and finds what was changed", async () => {
    const caller = createCaller({ actor: south.members.admin.actor, requestId: "test" }).audit;
    expect((await caller.chain()).head).toBeNull();
    expect(await caller.check()).toMatchObject({ problem: null, lines: 0, upTo: null });
    await rest(south.members.owner.apiKey, "POST", "/api/v1/events", { name: "order.paid", data: {} });
    const sealer = createSealer(database.pool);
    await expect
      .poll(async () => {
        await sealer.seal();
        return (await caller.chain()).head;
      })
      .not.toBeNull();
    const { head, command } = await caller.chain();
    expect(command).toContain(south.id);
    expect(await caller.check()).toMatchObject({ problem: null, after: null, upTo: head?.upTo });
    const client = await database.pool.connect();
    await client.query("set session_replication_role = replica");
    await client.query("update audit_entries set action = 'x' where organization_id = $1 and id <= $2", [
      south.id,
      head?.upTo,
    ]);
    client.release(true);
    expect((await caller.check()).problem).toContain("is not what was sealed");
    const checks = await caller.list({ action: "audit.verified" });
    expect(checks.items[0]?.data).toMatchObject({ whole: false });
  });
});
