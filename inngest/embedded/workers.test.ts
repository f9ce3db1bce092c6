import { afterEach, beforeEach, expect, test } from "vitest";
import { newId } from "@/core/ids";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { createTestClient, startTestExecutor, type TestExecutor, type TestExecutorOptions } from "./executor.testkit";
import { createGate, createProbe, type Probe } from "./probe.testkit";

let database: TestDatabase;
const executors: TestExecutor[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(executors.splice(0).map((executor) => executor.stop()));
  await database.close();
});

/** A worker with the same name as all others, whose function runs five steps. */
async function worker(
  by: string,
  bodies: Probe<{ by: string; step: string }>,
  hold: (step: string) => Promise<unknown> = () => Promise.resolve(),
  options: TestExecutorOptions = {},
) {
  const test_ = createTestClient();
  const five = test_.client.createFunction({ id: "five", triggers: [{ event: "t/five" }] }, async ({ event, step }) => {
    const { key } = event.data as { key: string };
    for (let n = 0; n < 5; n += 1) {
      await step.run(`s${n}`, async () => {
        bodies.add({ by, step: `${key}/s${n}` });
        await hold(`${key}/s${n}`);
      });
    }
  });
  const executor = await startTestExecutor(database.url, test_, [five], { workerName: "worker", ...options });
  executors.push(executor);
  return executor;
}

const events = (count: number) => Array.from({ length: count }, (_, n) => ({ name: "t/five", data: { key: `k${n}` } }));

async function count(what: string): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(`select count(*)::int as n from ${what}`);
  return rows[0]?.n ?? 0;
}

test("3.8 two workers with the same settings share 200 runs: no step twice, and neither declares the other dead", async () => {
  const bodies = createProbe<{ by: string; step: string }>();
  const first = await worker("first", bodies, undefined, { concurrency: 8 });
  const second = await worker("second", bodies, undefined, { concurrency: 8 });
  await first.sendEvents(events(200));
  await bodies.reaches(1_000);
  await Promise.all([first.idle(), second.idle()]);
  expect(bodies.items).toHaveLength(1_000);
  expect(new Set(bodies.items.map(({ step }) => step)).size).toBe(1_000);
  expect(new Set(bodies.items.map(({ by }) => by))).toEqual(new Set(["first", "second"]));
  expect(await count("exec_workers where dead")).toBe(0);
  expect(await count("exec_workers")).toBe(2);
});

test("3.8 a worker that was declared dead is given no further calls until it is somebody new", async () => {
  const bodies = createProbe<{ by: string; step: string }>();
  await worker("first", bodies);
  const { rows } = await database.pool.query<{ id: string }>("update exec_workers set dead = true returning id");
  const dead = rows[0]?.id;
  const lease = async (run: string) =>
    (
      await database.pool.query<{ r: { started: unknown[] } }>("select exec_accept($1) as r", [
        JSON.stringify({
          worker: dead,
          events: [{ id: run, wakes: [], starts: [{ run: newId(), fn: "test-five", lease: true }] }],
        }),
      ])
    ).rows[0]?.r.started;
  const event = newId();
  await database.pool.query(`insert into event_outbox (id, name, data) values ($1, 't/five', '{"key": "late"}')`, [
    event,
  ]);
  expect(await lease(event)).toEqual([]);
  expect(await count(`exec_jobs where leased_by = '${String(dead)}'`)).toBe(0);
  // Under its next identity it does what is there to do.
  await bodies.reaches(5);
  expect(await count("exec_workers where not dead")).toBe(1);
});

test("B-1 a stop that had to abandon a step and a start minutes later repeat it once", async () => {
  const bodies = createProbe<{ by: string; step: string }>();
  const never = createGate();
  const first = await worker("first", bodies, firstTime(bodies, never.opened), { stopGraceMs: 0 });
  await first.sendEvents(events(8));
  await bodies.reaches(8 * 3);
  await first.stop();
  expect(await count("exec_jobs where leased_by is not null")).toBe(0);
  await fourMinutesPass();
  const second = await worker("second", bodies);
  await bodies.reaches(8 * 6);
  await second.idle();
  // The old process is gone by now; if it were not, its late end would change nothing.
  never.open();
  await second.idle();
  const again = bodies.items.filter(({ by }) => by === "second").map(({ step }) => step);
  expect(again.sort()).toEqual(events(8).flatMap(({ data: { key } }) => [`${key}/s2`, `${key}/s3`, `${key}/s4`]));
  expect(await count("exec_runs")).toBe(0);
});

test("B-1 a worker that died in the middle and a start minutes later repeat each step under way once", async () => {
  const bodies = createProbe<{ by: string; step: string }>();
  const never = createGate();
  const first = await worker("first", bodies, firstTime(bodies, never.opened));
  await first.sendEvents(events(8));
  await bodies.reaches(8 * 3);
  // As if its process had been lost: nobody shows life for it any more.
  await database.pool.query("update exec_workers set dead = true");
  await fourMinutesPass();
  const second = await worker("second", bodies);
  await bodies.reaches(8 * 6);
  await second.idle();
  never.open();
  await second.idle();
  const counts = new Map<string, number>();
  for (const { step } of bodies.items) counts.set(step, (counts.get(step) ?? 0) + 1);
  const repeated = [...counts].filter(([, times]) => times > 1);
  expect(repeated.sort()).toEqual(events(8).map(({ data: { key } }) => [`${key}/s2`, 2]));
});

/** Holds the third step of each run when it is called for the first time. */
function firstTime(bodies: Probe<{ step: string }>, until: Promise<void>) {
  return (step: string): Promise<void> =>
    step.endsWith("s2") && bodies.items.filter((body) => body.step === step).length === 1 ? until : Promise.resolve();
}

async function fourMinutesPass(): Promise<void> {
  const back = "- interval '4 minutes'";
  await database.pool.query(`
    update exec_jobs set run_at = run_at ${back}, leased_at = leased_at ${back};
    update exec_runs set created_at = created_at ${back}, started_at = started_at ${back};
    update exec_workers set heartbeat_at = heartbeat_at ${back}, started_at = started_at ${back}`);
}
