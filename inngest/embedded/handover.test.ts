import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { createProbe, type Probe } from "./probe.testkit";
import { createTestClient, startTestExecutor, type TestExecutor } from "./executor.testkit";

let database: TestDatabase;
const executors: TestExecutor[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(executors.splice(0).map((executor) => executor.stop()));
  await database.close();
});

interface Worker {
  client: ReturnType<typeof createTestClient>["client"];
  executor: TestExecutor;
}

/** A worker whose function runs ten steps, each of which says its name. `hold`: what a step waits for. */
async function worker(
  name: string,
  bodies: Probe<string>,
  ends: Probe<string>,
  hold: (step: string) => Promise<unknown>,
  stopGraceMs = 10_000,
): Promise<Worker> {
  const test_ = createTestClient();
  const ten = test_.client.createFunction({ id: "ten", triggers: [{ event: "t/ten" }] }, async ({ event, step }) => {
    const { key } = event.data as { key: string };
    for (let n = 0; n < 10; n += 1) {
      await step.run(`s${n}`, async () => {
        bodies.add(`${key}/s${n}`);
        await hold(`s${n}`);
      });
    }
    ends.add(key);
  });
  const executor = await startTestExecutor(database.url, test_, [ten], { workerName: name, leaseMs: 600, stopGraceMs });
  executors.push(executor);
  return { client: test_.client, executor };
}

test("a graceful stop commits the running step, hands the run over, and no step runs twice", async () => {
  const bodies = createProbe<string>();
  const ends = createProbe<string>();
  const first = await worker("one", bodies, ends, () => database.pool.query("select pg_sleep(0.01)"));
  await first.client.send(Array.from({ length: 5 }, (_, n) => ({ name: "t/ten", data: { key: `k${n}` } })));
  await bodies.reaches(12);
  await first.executor.stop();
  const { rows } = await database.pool.query(
    "select count(*)::int as runs, count(*) filter (where leased_by is not null)::int as held from exec_jobs",
  );
  expect(rows).toEqual([{ runs: 5, held: 0 }]);
  expect(ends.items).toEqual([]);
  await worker("two", bodies, ends, () => Promise.resolve());
  await ends.reaches(5);
  expect(bodies.items).toHaveLength(50);
  expect(new Set(bodies.items).size).toBe(50);
});

test("a step that outlasts the stop is given to another worker at once", async () => {
  const bodies = createProbe<string>();
  const ends = createProbe<string>();
  const first = await worker("one", bodies, ends, () => new Promise(() => undefined), 0);
  await first.client.send({ name: "t/ten", data: { key: "k" } });
  await bodies.reaches(1);
  await first.executor.stop();
  await worker("two", bodies, ends, () => Promise.resolve());
  expect(await ends.reaches(1)).toEqual(["k"]);
});

test("a cut of every database connection loses nothing", async () => {
  const bodies = createProbe<string>();
  const ends = createProbe<string>();
  const { executor } = await worker("one", bodies, ends, () => Promise.resolve());
  await executor.sendEvents(Array.from({ length: 40 }, (_, n) => ({ name: "t/ten", data: { key: `k${n}` } })));
  for (const at of [20, 120, 260]) {
    await bodies.reaches(at);
    await database.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
  }
  await ends.reaches(40);
  expect(new Set(ends.items).size).toBe(40);
  await executor.idle();
  const { rows } = await database.pool.query("select count(*)::int as n from exec_runs");
  expect(rows).toEqual([{ n: 0 }]);
});

test("a lease that no one here remembers is given back and worked on", async () => {
  const bodies = createProbe<string>();
  const ends = createProbe<string>();
  await worker("one", bodies, ends, () => Promise.resolve());
  await database.pool.query(`
    with r as (insert into exec_runs (id, function_id, events) values (gen_random_uuid(), 'test-ten', '[{"name": "t/ten", "data": {"key": "orphan"}, "id": "1", "ts": 1}]') returning id)
    insert into exec_jobs (exec_run, step_id, fence, leased_by, leased_at) select r.id, 'step', nextval('exec_fence'), w.id, now() - interval '1 minute' from r, exec_workers w`);
  expect(await ends.reaches(1)).toEqual(["orphan"]);
});
