import { afterEach, beforeEach, expect, test } from "vitest";
import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { startArgs } from "@/server/modules/runs/run-start";
import { createGroupWriter, type GroupWriter } from "./group-writer";

let database: TestDatabase;
let writer: GroupWriter;
const organizationId = newId();
const workflowId = newId();

beforeEach(async () => {
  database = await createTestDatabase();
  writer = createGroupWriter(database.pool);
});
afterEach(async () => {
  await writer.close();
  await database.close();
});

const start = (id: string, startKey: string | null = null): JsonObject =>
  startArgs({
    id,
    organizationId,
    workflowId,
    versionId: newId(),
    version: 1,
    triggerType: "api",
    input: { amount: 7 },
    ownerId: newId(),
    initiatedBy: null,
    startKey,
    first: "one",
  });

/** What a driver records when step `key` of a run whose journal stands at `seq` is through. */
const commit = (run: string, seq: number, more: JsonObject = {}): JsonObject => {
  const key = `step-${String(seq)}`;
  return {
    r: run,
    o: organizationId,
    f: workflowId,
    g: 1,
    s: seq,
    n: seq + 1,
    m: null,
    w: [
      {
        key,
        g: 1,
        id: newId(),
        nodeId: key,
        iteration: "",
        name: key,
        type: "transform",
        status: "completed",
        attempt: 1,
        seq: seq + 1,
        durationMs: 3,
      },
    ],
    u: { status: "running", parkedBy: null, busy: true, activeMs: 3, startedAt: 1_000 },
    waits: false,
    reading: false,
    progress: true,
    log: [
      { type: "step.started", at: 1_000 + seq },
      { type: "step.completed", at: 2_000 + seq },
    ],
    ...more,
  };
};

async function batch(...items: [kind: string, args: JsonObject][]): Promise<JsonObject[]> {
  const { rows } = await database.pool.query<{ r: JsonObject[] }>("select hot_batch($1) as r", [
    JSON.stringify(items.map(([k, a]) => ({ k, a }))),
  ]);
  return rows[0]?.r ?? [];
}

async function begin(count: number): Promise<string[]> {
  const runs = Array.from({ length: count }, () => newId());
  await batch(...runs.map((run): [string, JsonObject] => ["start_run", start(run)]));
  return runs;
}

/** Sequence number, steps and event numbers of a run. */
async function journal(run: string): Promise<unknown> {
  const { rows } = await database.pool.query<{ seq: string; steps: string[]; events: string[] }>(
    `select seq::text, array(select key from step_runs where run_id = runs.id order by seq) as steps,
      array(select seq || ' ' || type from run_events where run_id = runs.id order by seq) as events from runs where id = $1`,
    [run],
  );
  return rows[0];
}

const recorded = (steps: number) => ({
  seq: String(steps),
  steps: Array.from({ length: steps }, (_, at) => `step-${String(at)}`),
  events: ["1 run.created"].concat(
    Array.from({ length: steps }, (_, at) => [
      `${String(2 + 2 * at)} step.started`,
      `${String(3 + 2 * at)} step.completed`,
    ]).flat(),
  ),
});

test("3.20 starts, commits and ends of one moment are one transaction, and answers stand in the order of the items", async () => {
  const [first = "", second = ""] = await begin(2);
  const third = newId();
  const answers = await batch(
    ["exec_finish", { run: newId(), step: "step", fence: 1, status: "Completed", outcome: {}, tell: false }],
    ["commit", commit(second, 0)],
    ["start_run", start(third)],
    ["heartbeat", { r: first, g: 1 }],
    ["commit", commit(first, 0)],
  );
  expect(answers).toEqual([
    { stale: true },
    { ok: true, status: "running" },
    { ok: true, id: third },
    answers[3],
    { ok: true, status: "running" },
  ]);
  expect(await Promise.all([first, second].map(journal))).toEqual([recorded(1), recorded(1)]);
  expect(await journal(third)).toEqual(recorded(0));
});

test("two starts with one key in the same batch are one run, and both learn which", async () => {
  const [mine, other] = [newId(), newId()];
  const answers = await batch(["start_run", start(mine, "same")], ["start_run", start(other, "same")]);
  const made = answers.find(({ existing }) => existing !== true)?.["id"];
  expect([mine, other]).toContain(made);
  expect(answers.map(({ id }) => id)).toEqual([made, made]);
  expect((await database.pool.query("select id from runs")).rows).toEqual([{ id: made }]);
  expect((await database.pool.query("select from event_outbox where name = 'run/requested'")).rowCount).toBe(1);
});

test("two commits of one run at the same place in the same batch: one is recorded, the other is told how the run stands", async () => {
  const [run = ""] = await begin(1);
  const answers = await batch(["commit", commit(run, 0)], ["commit", commit(run, 0)]);
  expect(answers.filter(({ ok }) => ok === true)).toHaveLength(1);
  expect(answers.find(({ ok }) => ok !== true)).toEqual({ ok: false, status: "running", generation: 1, seq: 1 });
  expect(await journal(run)).toEqual(recorded(1));
});

test("3.20 a commit whose call was taken over is refused alone, and those of the same batch are recorded once", async () => {
  const runs = await begin(8);
  const outcomes = await Promise.allSettled(
    runs.map((run, at) =>
      writer.call("commit", commit(run, 0, at === 5 ? { m: { x: newId(), j: "step", f: 1, stays: true } } : {})),
    ),
  );
  expect(outcomes.map(({ status }) => status === "rejected")).toEqual(runs.map((_, at) => at === 5));
  expect(outcomes[5]).toMatchObject({ reason: { code: "HP001" } });
  expect(await Promise.all(runs.map(journal))).toEqual(runs.map((_, at) => recorded(at === 5 ? 0 : 1)));
});

test("3.20 a commit that PostgreSQL cannot record is refused alone, though no item of the batch can be named", async () => {
  const runs = await begin(9);
  const tooLarge = commit(runs[3] ?? "", 0, { n: 1e30 });
  const outcomes = await Promise.allSettled(
    runs.map((run, at) => writer.call("commit", at === 3 ? tooLarge : commit(run, 0))),
  );
  expect(outcomes.map(({ status }) => status === "rejected")).toEqual(runs.map((_, at) => at === 3));
  expect(await Promise.all(runs.map(journal))).toEqual(runs.map((_, at) => recorded(at === 3 ? 0 : 1)));
});

test("3.20 a run that somebody holds stalls no other commit, and is recorded once when it is let go", async () => {
  const runs = await begin(6);
  const holder = await database.pool.connect();
  await holder.query("begin");
  await holder.query("select from runs where id = $1 for update", [runs[2]]);
  const held = writer.call("commit", commit(runs[2] ?? "", 0));
  const others = runs.filter((_, at) => at !== 2);
  await Promise.all(others.map((run) => writer.call("commit", commit(run, 0))));
  await holder.query("rollback");
  holder.release();
  expect(await held).toMatchObject({ ok: true });
  expect(await Promise.all(runs.map(journal))).toEqual(runs.map(() => recorded(1)));
});

test("3.20 two processes that write the same runs in opposite orders do not wait for each other", async () => {
  const another = createGroupWriter(database.pool);
  const runs = await begin(20);
  try {
    for (let seq = 0; seq < 10; seq += 1)
      await Promise.all([
        ...runs.map((run) => writer.call("commit", commit(run, seq))),
        ...[...runs].reverse().map((run) => another.call("heartbeat", { r: run, g: 1 })),
        ...[...runs].reverse().map((run) => another.call("commit", commit(run, seq, { g: 7 }))),
      ]);
  } finally {
    await another.close();
  }
  expect(await Promise.all(runs.map(journal))).toEqual(runs.map(() => recorded(10)));
  const { rows } = await database.pool.query<{ deadlocks: string }>(
    "select deadlocks from pg_stat_database where datname = current_database()",
  );
  expect(rows).toEqual([{ deadlocks: "0" }]);
});

test("the news of an end says how it was, nulls and all, unless that is too long for a notice", async () => {
  const [small, large] = [newId(), newId()];
  const ends = (output: JsonObject): JsonObject => ({
    u: { status: "completed", parkedBy: null, busy: false, activeMs: 3, endedAt: 3_000, output },
  });
  const heard: string[] = [];
  const client = await database.pool.connect();
  client.on("notification", ({ channel, payload }) => {
    if (channel === "hp_done") heard.push(payload ?? "");
  });
  await client.query("listen hp_done");
  await batch(["start_run", start(small)], ["start_run", start(large)]);
  const answers = await batch(
    ["commit", commit(small, 0, ends({ none: null, text: "a,{b" }))],
    ["commit", commit(large, 0, ends({ text: "é".repeat(4_000) }))],
  );
  expect(answers).toEqual([
    { ok: true, status: "completed" },
    { ok: true, status: "completed" },
  ]);
  await expect.poll(() => heard.length).toBe(2);
  client.release(true);
  expect(heard.find((news) => news.startsWith(large))).toBe(large);
  const told = heard.find((news) => news.startsWith(small)) ?? "";
  expect(JSON.parse(told.slice(small.length + 1))).toEqual({
    status: "completed",
    version: 1,
    output: { none: null, text: "a,{b" },
    error: null,
    cancelReason: null,
    message: null,
  });
});
