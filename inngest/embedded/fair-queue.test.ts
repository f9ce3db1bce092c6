import { afterEach, beforeEach, expect, test } from "vitest";
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

interface Body {
  of: string;
  run: string;
  step: number;
}

/** A worker whose function makes `steps` steps for the organization that the event names. */
async function worker(
  bodies: Probe<Body>,
  steps: number,
  options: TestExecutorOptions,
  hold: (body: Body) => Promise<unknown> = () => Promise.resolve(),
): Promise<TestExecutor> {
  const kit = createTestClient();
  const work = kit.client.createFunction({ id: "work", triggers: [{ event: "t/work" }] }, async ({ event, step }) => {
    const { organizationId: of, run } = event.data as { organizationId: string; run: string };
    for (let n = 0; n < steps; n += 1) {
      await step.run(`s${String(n)}`, async () => {
        const body = { of, run, step: n };
        bodies.add(body);
        await hold(body);
      });
    }
  });
  const executor = await startTestExecutor(database.url, kit, [work], options);
  executors.push(executor);
  return executor;
}

const events = (organizationId: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({
    name: "t/work",
    data: { organizationId, run: `${organizationId}${String(n)}` },
  }));

async function count(what: string): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(`select count(*)::int as n from ${what}`);
  return rows[0]?.n ?? 0;
}

/** Where in the order of all steps the first one of B comes, counted from when B came. */
const waited = (bodies: Probe<Body>, since: number): number => bodies.items.findIndex(({ of }) => of === "B") - since;

test("L17 with 500 due calls of A before it, a call of B is made among the next few", async () => {
  const bodies = createProbe<Body>();
  const gate = createGate();
  const executor = await worker(bodies, 1, { concurrency: 2 }, () => gate.opened);
  await executor.sendEvents(events("A", 500));
  await expect.poll(() => count("exec_jobs where fair_key = 'A'")).toBe(500);
  await executor.sendEvents(events("B", 1));
  await expect.poll(() => count("exec_jobs where fair_key = 'B'")).toBe(1);
  expect(bodies.items.map(({ of }) => of)).toEqual(["A", "A"]);
  gate.open();
  await bodies.reaches(501);
  await executor.idle();
  expect(waited(bodies, 2)).toBeLessThanOrEqual(2);
  expect(new Set(bodies.items.map(({ run }) => run)).size).toBe(501);
});

test("L17 an event of B does not wait behind 3,000 events of A", async () => {
  const bodies = createProbe<Body>();
  const gate = createGate();
  await database.pool.query(
    `insert into event_outbox (id, name, data, fair_key, due_at)
     select gen_random_uuid(), 't/work', jsonb_build_object('organizationId', 'A', 'run', 'A' || n), 'A', now() - interval '1 min'
     from generate_series(1, 3000) n
     union all select gen_random_uuid(), 't/work', '{"organizationId": "B", "run": "B"}', 'B', now()`,
  );
  await worker(bodies, 1, { concurrency: 2, stopGraceMs: 0 }, () => gate.opened);
  await bodies.reaches(2);
  expect(bodies.items.map(({ of }) => of).sort()).toEqual(["A", "B"]);
});

test("L17 runs of A that have slots give way between two steps when B waits", async () => {
  const bodies = createProbe<Body>();
  const gate = createGate();
  const executor = await worker(bodies, 40, { concurrency: 2 }, ({ of, step }) =>
    of === "A" && step === 3 ? gate.opened : Promise.resolve(),
  );
  await executor.sendEvents(events("A", 2));
  await bodies.reaches(2 * 4);
  await executor.sendEvents(events("B", 1));
  // From when the executor knows that B waits, whatever A did meanwhile it did at its gate.
  await expect.poll(() => executor.waiting()).toEqual(["B"]);
  gate.open();
  await bodies.reaches(3 * 40);
  await executor.idle();
  // Two runs of A have one slot from here on, and B the other.
  expect(waited(bodies, 2 * 4)).toBeLessThan(12);
  const ends = bodies.items.flatMap(({ of, step }, at) => (step === 39 ? [[of, at] as const] : []));
  expect(ends.at(-1)?.[0]).toBe("A");
  expect(new Set(bodies.items.map(({ run, step }) => `${run}/${String(step)}`)).size).toBe(3 * 40);
  expect(bodies.items).toHaveLength(3 * 40);
});

test("L17 steps of A that do not end leave a slot for B", async () => {
  const bodies = createProbe<Body>();
  const gate = createGate();
  const executor = await worker(bodies, 1, { concurrency: 8 }, ({ of }) =>
    of === "A" ? gate.opened : Promise.resolve(),
  );
  await executor.sendEvents(events("A", 30));
  await bodies.reaches(8);
  await executor.sendEvents(events("B", 3));
  await bodies.reaches(11);
  expect(bodies.items.filter(({ of }) => of === "A")).toHaveLength(8);
  gate.open();
  await bodies.reaches(33);
  await executor.idle();
  expect(bodies.items).toHaveLength(33);
});

test("L17 two workers lose and double nothing of three organizations", async () => {
  const bodies = createProbe<Body>();
  const first = await worker(bodies, 5, { concurrency: 3 });
  const second = await worker(bodies, 5, { concurrency: 3 });
  await first.sendEvents(["A", "B", "C"].flatMap((of) => events(of, 60)));
  await bodies.reaches(3 * 60 * 5);
  await Promise.all([first.idle(), second.idle()]);
  expect(bodies.items).toHaveLength(900);
  expect(new Set(bodies.items.map(({ run, step }) => `${run}/${String(step)}`)).size).toBe(900);
  expect(await count("exec_runs")).toBe(0);
});

test("L17 calls from before there were keys go on", async () => {
  const bodies = createProbe<Body>();
  const gate = createGate();
  const first = await worker(bodies, 3, { concurrency: 2, stopGraceMs: 0 }, ({ step }) =>
    step === 1 ? gate.opened : Promise.resolve(),
  );
  await first.sendEvents(events("A", 4));
  await bodies.reaches(4);
  await first.stop();
  for (const table of ["exec_runs", "exec_jobs"]) await database.pool.query(`update ${table} set fair_key = default`);
  gate.open();
  const second = await worker(bodies, 3, { concurrency: 2 });
  await second.sendEvents(events("B", 1));
  await expect.poll(() => bodies.items.filter(({ step }) => step === 2).length).toBe(5);
});
