import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createInngest } from "@/inngest/client";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { createEventApi } from "./event-api";
import { fakeInngestServer, type FakeInngestServer, type SentEvent } from "./inngest-server.testkit";
import { createOutbox } from "./outbox";
import { startRelay } from "./relay";
import { sendClaimed, type RelayRules } from "./send-claimed";

const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const bad = { status: 400, body: '{"status":400,"error":"event name must not be empty"}' };
let database: TestDatabase;
let server: FakeInngestServer;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  server = await fakeInngestServer();
});
afterEach(async () => {
  await server.close();
  await database.pool.query("truncate event_outbox, refused_events");
  vi.clearAllMocks();
});
afterAll(() => database.close());

const api = (timeoutMs = 5_000) =>
  createEventApi(createInngest({ server: { kind: "dev", url: server.url }, logger: { ...log } }), timeoutMs);
const turn = (rules: Partial<RelayRules> = {}, timeoutMs?: number) =>
  sendClaimed(createOutbox(database.pool), api(timeoutMs), log, rules);

/** Writes events named by the list; their ids at the server are the names. */
async function put(...names: string[]): Promise<void> {
  for (const name of names)
    await database.pool.query("insert into event_outbox (id, name, data, dedupe_id) values ($1, $2, $3, $2)", [
      randomUUID(),
      name,
      JSON.stringify({ runId: name }),
    ]);
}

async function left(): Promise<{ name: string; attempts: number; due: boolean }[]> {
  const { rows } = await database.pool.query<{ name: string; attempts: number; due: boolean }>(
    "select name, attempts, due_at <= now() as due from event_outbox order by created_at, name",
  );
  return rows;
}

const refuses = (...names: string[]) => {
  server.onEvents = (events: SentEvent[]) =>
    events.some(({ name }) => names.includes(name)) ? bad : { status: 200, body: '{"status":200,"ids":[]}' };
};

test("sends what is due in one request, under its id, and keeps what is not due", async () => {
  await put("a", "b");
  await database.pool.query("update event_outbox set due_at = now() + interval '1 hour' where name = 'b'");
  expect(await turn()).toEqual({ more: false });
  expect(server.received).toEqual([[expect.objectContaining({ name: "a", id: "a", data: { runId: "a" } })]]);
  expect(await left()).toEqual([{ name: "b", attempts: 0, due: false }]);
});

describe("3.28 an event that the server refuses", () => {
  test("holds nobody up, and waits longer after each refusal", async () => {
    refuses("bad");
    await put("bad", "a", "b");
    await turn();
    expect(server.accepted.sort()).toEqual(["a", "b"]);
    expect(await left()).toEqual([{ name: "bad", attempts: 1, due: false }]);
  });

  test("is set aside with the reason after the last pause, never deleted", async () => {
    refuses("bad");
    await put("bad", "a");
    const rules = { refusalPausesMs: [0, 0] };
    for (let attempt = 0; attempt < 3; attempt += 1) await turn(rules);
    expect(await left()).toEqual([]);
    const { rows } = await database.pool.query("select name, data, dedupe_id, reason from refused_events");
    expect(rows).toEqual([
      { name: "bad", data: { runId: "bad" }, dedupe_id: "bad", reason: expect.stringContaining("400") },
    ]);
    expect(log.error).toHaveBeenCalledWith(expect.objectContaining({ event: "bad" }), expect.any(String));
  });

  test("because it is too large, is refused by itself only", async () => {
    const limit = 2_000;
    server.onEvents = (events) =>
      JSON.stringify(events).length > limit
        ? { status: 413, body: "payload too large" }
        : { status: 200, body: '{"status":200,"ids":[]}' };
    await put("a", "b");
    await database.pool.query(
      "update event_outbox set data = jsonb_build_object('x', repeat('y', 3000)) where name = 'a'",
    );
    await turn();
    expect(server.accepted).toEqual(["b"]);
    expect(await left()).toEqual([{ name: "a", attempts: 1, due: false }]);
  });
});

describe("3.28 a server that is not well", () => {
  test.each([500, 503])("answering %i gets everything again, and no event is blamed", async (status) => {
    server.onEvents = () => ({ status, body: "try later" });
    await put("a", "b", "c", "d", "e");
    expect(await turn({ downPauseMs: 0 })).toMatchObject({ problem: expect.stringContaining(String(status)) });
    expect((await left()).map(({ name, attempts }) => `${name}${attempts}`)).toEqual(["a0", "b0", "c0", "d0", "e0"]);
    // One batch, and then no more than three single tries.
    expect(server.received).toHaveLength(4);
    server.onEvents = () => ({ status: 200, body: "{}" });
    await turn();
    expect(server.accepted.sort()).toEqual(["a", "b", "c", "d", "e"]);
  });

  test("with another key is not asked event by event", async () => {
    server.onEvents = () => ({ status: 401, body: "Event key not found" });
    await put("a", "b");
    expect(await turn()).toEqual({ more: false, problem: "401 Event key not found" });
    expect(server.received).toHaveLength(1);
    expect((await left()).every(({ due, attempts }) => due && attempts === 0)).toBe(true);
  });

  test("hanging or falling over one event does not keep the others", async () => {
    for (const fault of ["hang", "die"] as const) {
      server.onEvents = (events) => (events.some(({ name }) => name === fault) ? fault : { status: 200, body: "{}" });
      await put(fault, `after ${fault}`);
      // What is not hung is answered well before, on a busy machine too.
      await turn({}, 1_000);
    }
    expect(server.accepted).toEqual(["after hang", "after die"]);
    expect(await left()).toEqual([
      { name: "hang", attempts: 0, due: false },
      { name: "die", attempts: 0, due: false },
    ]);
  });

  test("3.28 holds no transaction and no lock while it thinks", async () => {
    server.onEvents = () => "hang";
    await put("a");
    const sending = turn({}, 60_000);
    await expect.poll(() => server.received).toHaveLength(1);
    const { rows } = await database.pool.query(
      `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'`,
    );
    expect(rows).toEqual([]);
    await database.pool.query("update event_outbox set name = name");
    await server.close();
    expect(await sending).toMatchObject({ problem: expect.any(String) });
    server = await fakeInngestServer();
  });
});

test("3.28 what a relay took with it into death is sent by the next when its lease is over", async () => {
  await put("a");
  await createOutbox(database.pool).claim(10, 60_000);
  await turn();
  expect(server.accepted).toEqual([]);
  await database.pool.query("update event_outbox set due_at = due_at - interval '60 seconds'");
  await turn();
  expect(server.accepted).toEqual(["a"]);
});

test("3.28 several relays side by side send each event once", async () => {
  const names = Array.from({ length: 250 }, (_, index) => `event-${String(index).padStart(3, "0")}`);
  await put(...names);
  const relays = [1, 2, 3].map(() =>
    startRelay({
      connectionString: database.url,
      outbox: createOutbox(database.pool),
      send: api(),
      log,
      rules: { batch: 20 },
    }),
  );
  await vi.waitFor(async () => expect(await left()).toEqual([]), 20_000);
  await Promise.all(relays.map((relay) => relay.stop()));
  expect(server.accepted.sort()).toEqual(names);
});

test("requests stay below their size", async () => {
  await put("a", "b", "c");
  await turn({ maxBytes: 30 });
  expect(server.received.map((events) => events.length)).toEqual([2, 1]);
});

test("the query behind a claim is driven by the index", async () => {
  const client = await database.pool.connect();
  // A table this small is read as a whole otherwise.
  await client.query("set enable_seqscan = off");
  const { rows } = await client.query<{ "QUERY PLAN": string }>(
    "explain select id from event_outbox where due_at <= now() order by due_at limit 100 for update skip locked",
  );
  client.release(true);
  expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain("event_outbox_due_at_idx");
});
