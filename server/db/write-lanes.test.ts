import { expect, test } from "vitest";
import { createTestDatabase } from "@/tests/database";
import { createGroupWriter } from "./group-writer";
import { pendingWrite, type PendingWrite } from "./write-batch";
import { createWriteLanes } from "./write-lanes";

const nobody = { resolve: () => undefined, reject: () => undefined };
const write = (owner: string, run: string, characters = 10): PendingWrite =>
  pendingWrite("commit", { o: owner, r: run, value: "x".repeat(characters) }, nobody);
const large = 100_000;
const runs = (items: readonly PendingWrite[]): string[] => items.map(({ rows }) => rows.join());

test("R11 what is large never stands in a batch with what is small", () => {
  const lanes = createWriteLanes();
  for (const item of [write("a", "1"), write("a", "2", large), write("b", "3"), write("a", "4")]) lanes.add(item);
  expect(runs(lanes.take("small"))).toEqual(["1", "4", "3"]);
  expect(lanes.has("small")).toBe(false);
  expect(runs(lanes.take("large"))).toEqual(["2"]);
});

test("R11 organizations take turns with large writes, and each keeps its order", () => {
  const lanes = createWriteLanes();
  const added = ["1", "2", "3"].map((run) => write("a", run, 400_000));
  for (const item of [...added, write("b", "4", 400_000)]) lanes.add(item);
  const order: string[][] = [];
  while (lanes.has("large")) order.push(runs(lanes.take("large")));
  expect(order).toEqual([["1"], ["4"], ["2"], ["3"]]);
});

test("R11 a batch ends with its bytes as well as with its items", () => {
  const lanes = createWriteLanes();
  for (let at = 0; at < 30; at += 1) lanes.add(write("a", String(at), 50_000));
  expect(lanes.take("small")).toHaveLength(10);
  for (let at = 30; at < 300; at += 1) lanes.add(write("a", String(at)));
  while (lanes.take("small").length === 10);
  expect(lanes.has("small")).toBe(true);
  const single = createWriteLanes();
  single.add(write("a", "1", 5_000_000));
  expect(single.take("large")).toHaveLength(1);
});

test("R11 a small write whose row a large one holds goes behind it, until that is over", () => {
  const lanes = createWriteLanes();
  lanes.add(write("a", "1", large));
  lanes.add(write("a", "1"));
  lanes.add(write("a", "2"));
  expect(runs(lanes.take("small"))).toEqual(["2"]);
  const held = lanes.take("large");
  expect(runs(held)).toEqual(["1", "1"]);
  lanes.add(write("a", "1"));
  expect(lanes.has("small")).toBe(false);
  lanes.written(held);
  expect(runs(lanes.take("large"))).toEqual(["1"]);
});

test("R10 everybody's writes get on evenly: the one of somebody does not wait for the hundred of somebody else", () => {
  const lanes = createWriteLanes();
  for (let at = 0; at < 100; at += 1) lanes.add(write("a", `a${at}`));
  lanes.add(write("b", "b0"));
  const first = runs(lanes.take("small"));
  expect(first).toEqual(["a0", "a1", "a2", "a3", "b0"]);
  // Alone again, all that waits is one transaction.
  expect(lanes.take("small")).toHaveLength(96);
});

test("R10 whoever was served last stands last, and with equally many all go together", () => {
  const lanes = createWriteLanes();
  for (const owner of ["a", "b", "c"]) for (let at = 0; at < 20; at += 1) lanes.add(write(owner, `${owner}${at}`));
  expect(lanes.take("small")).toHaveLength(60);
  for (let at = 0; at < 6; at += 1) lanes.add(write("a", `a${at}`));
  lanes.add(write("b", "b0"));
  expect(runs(lanes.take("small"))).toEqual(["a0", "a1", "a2", "a3", "b0"]);
  lanes.add(write("b", "b1"));
  expect(runs(lanes.take("small"))).toEqual(["a4", "a5", "b1"]);
});

test("R11 rows are free again when a lane was emptied because nothing could be written", () => {
  const lanes = createWriteLanes();
  lanes.add(write("a", "1", large));
  expect(runs(lanes.clear("large"))).toEqual(["1"]);
  lanes.add(write("a", "1"));
  expect(runs(lanes.take("small"))).toEqual(["1"]);
});

test("R10 between the callers of a large batch whatever else became ready goes on", async () => {
  const database = await createTestDatabase();
  await database.pool.query(`
    create or replace function exec_hot(k text, a jsonb) returns jsonb language sql as $$ select a->'run' $$`);
  const writer = createGroupWriter(database.pool);
  try {
    const seen: unknown[] = [];
    const calls = Array.from({ length: 40 }, async (_, at) => {
      seen.push(await writer.call("probe", { run: at }));
      // Ready at once, as an answer of somebody else's would be.
      if (at === 0) setImmediate(() => seen.push("other"));
    });
    await Promise.all(calls);
    expect(seen.indexOf("other")).toBeLessThan(20);
    expect(seen.filter((each) => each !== "other")).toEqual(Array.from({ length: 40 }, (_, at) => at));
  } finally {
    await writer.close();
    await database.close();
  }
});

test("R11 writes of one moment are one transaction, but for the large ones", async () => {
  const database = await createTestDatabase();
  await database.pool.query(`
    create or replace function exec_hot(k text, a jsonb) returns jsonb language sql as
    $$ select to_jsonb(pg_current_xact_id()::text) $$`);
  const writer = createGroupWriter(database.pool);
  try {
    const call = (run: string, characters: number) => writer.call("probe", { run, value: "x".repeat(characters) });
    const [first, heavy, second] = await Promise.all([call("1", 1), call("2", large), call("3", 1)]);
    expect(second).toBe(first);
    expect(heavy).not.toBe(first);
  } finally {
    await writer.close();
    await database.close();
  }
});
