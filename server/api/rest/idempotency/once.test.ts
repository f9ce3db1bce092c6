import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/core/errors";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { hotPool } from "@/server/db/pools";
import { outbox, withTransaction } from "@/server/db/transaction";
import { deleteExpired } from "@/server/modules/retention/service";
import type { TestDatabase } from "@/tests/database";
import { answerOnce } from "./once";

let database: TestDatabase;
let organization: TestOrganization;
beforeAll(async () => {
  database = await useTestDatabase();
  organization = await createTestOrganization("north");
});
afterAll(() => database.close());

const query = async (text: string, values: unknown[] = []) => (await hotPool().query(text, values)).rows;
const request = new Request("http://127.0.0.1:3000/api/things", { method: "POST" });

function once(key: string, work: () => Promise<Response>): Promise<Response> {
  const { actor } = organization.members.owner;
  return answerOnce({ request, actor, key, bytes: new Uint8Array(), secretAnswer: false }, work);
}

/** Work that leaves a row, and how many rows it left. */
async function write(name: string): Promise<Response> {
  await withTransaction((tx) => outbox(tx, { name, data: {} }));
  return Response.json({ name }, { status: 201 });
}
const written = async (name: string) => (await query("select 1 from event_outbox where name = $1", [name])).length;
const age = (key: string) =>
  query("update idempotency_keys set created_at = now() - interval '2 minutes' where key = $1", [key]);
const code = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

function latch(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    opened,
    open: () => {
      open();
    },
  };
}

describe("3.24 a request with an Idempotency-Key", () => {
  it("whose answer cannot be kept is answered all the same, and is never done twice", async () => {
    await database.pool.query(
      `create function test_full() returns trigger language plpgsql as $$ begin raise 'disk full'; end $$`,
    );
    await database.pool
      .query(`create trigger test_full before update on idempotency_keys for each row when (new.status is not null)
      execute function test_full()`);
    const answer = await once("full", () => write("full"));
    await database.pool.query("drop trigger test_full on idempotency_keys");
    expect([answer.status, await answer.json()]).toEqual([201, { name: "full" }]);
    await age("full");
    expect(await code(once("full", () => write("full")))).toBe("conflict");
    expect(await written("full")).toBe(1);
  });

  it("that failed after its work was written is not done again", async () => {
    const failing = async () => {
      await write("half");
      throw new TypeError("a bug");
    };
    expect(await code(once("half", failing))).toContain("a bug");
    await age("half");
    expect(await code(once("half", () => write("half")))).toBe("conflict");
    expect(await written("half")).toBe(1);
  });

  it("that failed and wrote nothing, or was refused, may be sent again at once", async () => {
    for (const error of [new TypeError("a bug"), new AppError("slug_taken", "Taken.")]) {
      expect(await code(once("again", () => Promise.reject(error)))).not.toBeNull();
      const rolledBack = () =>
        withTransaction(async (tx) => {
          await outbox(tx, { name: "again", data: {} });
          throw error;
        });
      expect(await code(once("again", rolledBack))).not.toBeNull();
    }
    expect((await once("again", () => write("again"))).status).toBe(201);
    expect(await written("again")).toBe(1);
  });

  it("that was taken over can write nothing any more, and the repeat's answer stands", async () => {
    const [begun, mayGoOn] = [latch(), latch()];
    const late = code(
      once("slow", async () => {
        begun.open();
        await mayGoOn.opened;
        return write("slow");
      }),
    );
    await begun.opened;
    await age("slow");
    expect((await once("slow", () => write("slow"))).status).toBe(201);
    mayGoOn.open();
    expect(await late).toBe("conflict");
    expect(await written("slow")).toBe(1);
    const repeat = await once("slow", () => write("slow"));
    expect([repeat.status, repeat.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
  });

  it("keys go after a day, by the index on their age", async () => {
    await once("kept", () => write("kept"));
    await once("old", () => write("old"));
    await query("update idempotency_keys set created_at = now() - interval '25 hours' where key = 'old'");
    expect((await deleteExpired()).keys).toBe(1);
    expect(await query("select key from idempotency_keys where key in ('old', 'kept')")).toEqual([{ key: "kept" }]);
    const client = await hotPool().connect();
    await client.query("set enable_seqscan = off");
    const plan = await client.query<{ "QUERY PLAN": string }>(
      "explain select ctid from idempotency_keys where created_at < now() order by created_at limit 5",
    );
    client.release(true);
    expect(plan.rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain("idempotency_keys_created_at_idx");
  });
});
