import { afterEach, beforeEach, expect, test } from "vitest";
import type { JsonObject } from "@/core/json";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { createGroupWriter, type GroupWriter } from "./group-writer";
import { isBlocked, isCut, isPassing, isWaitpointRace } from "./write-errors";

let database: TestDatabase;
let writer: GroupWriter;

/** Stands for the executor's part of a batch: locks a row, does what `then` says, and leaves a trace of having been written. */
const probe = `
  create table rows (id text primary key);
  insert into rows values ('a'), ('b'), ('c'), ('d');
  create table traces (n serial, name text);
  create or replace function exec_hot(k text, a jsonb) returns jsonb language plpgsql as $$
  begin
    perform 1 from rows where id = a->>'run' for update;
    insert into traces (name) values (a->>'name');
    if a->>'then' = 'fail' then raise exception 'refused' using errcode = 'HP002', detail = 'why'; end if;
    if a->>'then' = 'die' then perform pg_terminate_backend(pg_backend_pid()); end if;
    return jsonb_build_object('name', a->'name');
  end $$`;

beforeEach(async () => {
  database = await createTestDatabase();
  await database.pool.query(probe);
  writer = createGroupWriter(database.pool);
});
afterEach(async () => {
  await writer.close();
  await database.close();
});

const write = (run: string, name: string, then?: "fail" | "die") =>
  writer.call("probe", { run, name, ...(then ? { then } : {}) });

async function traces(): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>("select name from traces order by n");
  return rows.map((row) => row.name);
}

/** Holds a row until it is let go. */
async function hold(run: string): Promise<() => Promise<void>> {
  const client = await database.pool.connect();
  await client.query("begin");
  await client.query("select 1 from rows where id = $1 for update", [run]);
  return async () => {
    await client.query("rollback");
    client.release();
  };
}

/** How many writers wait for a lock just now. */
async function waiting(): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(
    "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return rows[0]?.n ?? 0;
}

test("3.20 a batch takes rows in one order, whatever order its items came in, and answers in theirs", async () => {
  const items = ["d", "b", "a", "c"].map((run) => ({ k: "probe", a: { run, name: run } }));
  const { rows } = await database.pool.query<{ r: JsonObject[] }>("select hot_batch($1) as r", [JSON.stringify(items)]);
  expect(rows[0]?.r.map(({ name }) => name)).toEqual(["d", "b", "a", "c"]);
  expect(await traces()).toEqual(["a", "b", "c", "d"]);
});

test("3.20 items of the same run stay in the order in which they came", async () => {
  const answers = await Promise.all([write("b", "1"), write("a", "2"), write("b", "3"), write("b", "4")]);
  expect(answers.map((answer) => (answer as JsonObject)["name"])).toEqual(["1", "2", "3", "4"]);
  expect(await traces()).toEqual(["2", "1", "3", "4"]);
});

test("3.20 a run that somebody holds stalls nobody else, and is written once when it is let go", async () => {
  const letGo = await hold("b");
  let isDone = false;
  const held = write("b", "held").then(() => (isDone = true));
  await Promise.all([write("a", "1"), write("c", "2"), write("d", "3")]);
  // Both connections are free for others while the held item is tried again and again.
  for (let round = 0; round < 5; round += 1) await Promise.all([write("a", `a${round}`), write("c", `c${round}`)]);
  expect(isDone).toBe(false);
  await letGo();
  await held;
  expect((await traces()).filter((name) => name === "held")).toHaveLength(1);
  expect(await traces()).toHaveLength(14);
});

test("3.20 bad items fail alone, by their own code, and the rest of the batch is written once", async () => {
  const answers = await Promise.allSettled(
    Array.from({ length: 60 }, (_, n) => write("abcd".charAt(n % 4), `n${n}`, n % 3 === 0 ? "fail" : undefined)),
  );
  const bad = answers.flatMap((answer, n) =>
    answer.status === "rejected" ? [{ n, reason: answer.reason as Error }] : [],
  );
  expect(bad.map(({ n }) => n)).toEqual(Array.from({ length: 20 }, (_, n) => n * 3));
  for (const { reason } of bad) {
    expect(isWaitpointRace(reason)).toBe(true);
    expect(isPassing(reason)).toBe(false);
    expect(reason).toMatchObject({ message: "refused", detail: "why" });
  }
  expect((await traces()).sort()).toEqual(
    Array.from({ length: 60 }, (_, n) => `n${n}`)
      .filter((_, n) => n % 3 !== 0)
      .sort(),
  );
});

test("3.20 a batch whose connection is lost is not repeated: its callers hear of it, and the next writes go on", async () => {
  const lost = await Promise.allSettled([write("a", "1"), write("b", "2", "die"), write("c", "3")]);
  for (const answer of lost) expect(answer.status === "rejected" && isCut(answer.reason)).toBe(true);
  expect(await traces()).toEqual([]);
  await Promise.all([write("a", "4"), write("b", "5"), write("c", "6")]);
  expect((await traces()).sort()).toEqual(["4", "5", "6"]);
});

test("3.20 a connection that dies while its batch waits for a row loses nobody else's write", async () => {
  const letGo = await hold("b");
  const held = write("b", "held").catch((error: unknown) => error);
  while ((await waiting()) === 0);
  await database.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  expect(isCut(await held)).toBe(true);
  await Promise.all([write("a", "1"), write("c", "2")]);
  await letGo();
  await write("b", "again");
  expect(await traces()).toEqual(expect.arrayContaining(["1", "2", "again"]));
  expect(await traces()).toHaveLength(3);
});

test("3.20 connections that are cut again and again, in use and idle, leave nobody without an answer", async () => {
  let left = 12;
  const cutting = (async () => {
    for (; left > 0; left -= 1)
      await database.pool
        .query(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
        )
        .catch(() => undefined);
  })();
  const answered: string[] = [];
  while (left > 0) {
    const answers = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => write("abcd".charAt(n % 4), "x")));
    for (const answer of answers) {
      answered.push(answer.status);
      expect(answer.status === "fulfilled" || isPassing(answer.reason)).toBe(true);
    }
  }
  await cutting;
  expect(await write("a", "last")).toEqual({ name: "last" });
  const written = (await traces()).length - 1;
  expect(written).toBeGreaterThanOrEqual(answered.filter((status) => status === "fulfilled").length);
});

test("3.20 two that wait for each other are told apart from what is refused for good", () => {
  for (const code of ["55P03", "40P01"]) {
    const error = Object.assign(new Error("busy"), { code });
    expect([isBlocked(error), isPassing(error), isCut(error)]).toEqual([true, true, false]);
  }
  expect(isPassing(Object.assign(new Error("no"), { code: "23505" }))).toBe(false);
});
