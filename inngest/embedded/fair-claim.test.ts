import fc from "fast-check";
import type { PoolClient } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/database";

let database: TestDatabase;
let client: PoolClient;
const worker = "00000000-0000-7000-8000-000000000001";

beforeEach(async () => {
  database = await createTestDatabase();
  client = await database.pool.connect();
  await client.query("insert into exec_workers (id, name) values ($1, 'w')", [worker]);
});
afterEach(async () => {
  client.release();
  await database.close();
});

/** Calls that have been due since `agoSeconds`, one second less each. */
async function queue(key: string, calls: number, agoSeconds = 100_000): Promise<void> {
  await client.query(
    `with runs as (
       insert into exec_runs (id, function_id, events, fair_key)
       select gen_random_uuid(), 'f', '[]', $1 from generate_series(1, $2::int) returning id)
     insert into exec_jobs (exec_run, step_id, fence, fair_key, run_at)
     select id, 'step', 0, $1, now() - make_interval(secs => $3::int) + row_number() over () * interval '1 ms' from runs`,
    [key, calls, agoSeconds],
  );
}

interface Claimed {
  jobs: { run: string; key: string }[];
  waiting: string[];
  after: string;
}

async function claim(limit: number, hands: Record<string, number> = {}, after = "", most = 64): Promise<Claimed> {
  const { rows } = await client.query<{ r: Claimed }>("select exec_claim($1, $2, $3) as r", [
    worker,
    limit,
    JSON.stringify({ hands, most, after }),
  ]);
  if (!rows[0]) throw new Error("no answer");
  return rows[0].r;
}

const tally = (keys: string[]): Record<string, number> =>
  Object.fromEntries([...new Set(keys)].sort().map((key) => [key, keys.filter((other) => other === key).length]));

test("L17 a claim levels what everybody has in hand, and says who is still waiting", async () => {
  await queue("A", 100);
  await queue("B", 10, 50);
  await queue("C", 1, 10);
  const claimed = await claim(12, { A: 5, B: 1 });
  // C has one only; B comes up to A, and the rest is shared.
  expect(tally(claimed.jobs.map(({ key }) => key))).toEqual({ A: 4, B: 7, C: 1 });
  expect(claimed.waiting).toEqual(["A", "B"]);
});

test("L17 nobody has more slots than the most, and the rest of the slots stays free", async () => {
  await queue("A", 100);
  await queue("B", 2, 50);
  const claimed = await claim(50, { A: 3 }, "", 8);
  expect(tally(claimed.jobs.map(({ key }) => key))).toEqual({ A: 5, B: 2 });
  expect(claimed.waiting).toEqual(["A"]);
});

test("L17 of those with due calls nobody is passed over twice while another has two turns", async () => {
  const backlogs = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 7 });
  await fc.assert(
    fc.asyncProperty(
      backlogs,
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 60, maxLength: 60 }),
      async (sizes, limits) => {
        await client.query("begin");
        for (const [n, size] of sizes.entries()) await queue(`K${String(n)}`, size, 1_000 * (n + 1));
        const left = new Map(sizes.map((size, n) => [`K${String(n)}`, size]));
        const turns: string[] = [];
        let after = "";
        for (const limit of limits) {
          const claimed = await claim(limit, {}, after);
          after = claimed.after;
          for (const { key } of claimed.jobs) {
            const last = turns.lastIndexOf(key);
            const between = new Set(last < 0 ? turns : turns.slice(last + 1));
            // Within one claim the order is not a turn: all of it begins at once.
            if (limit === 1 && last >= 0)
              for (const [other, calls] of left) if (other !== key && calls > 0) expect(between).toContain(other);
            turns.push(key);
            left.set(key, (left.get(key) ?? 0) - 1);
          }
          const counts = tally(claimed.jobs.map(({ key }) => key));
          for (const other of claimed.waiting)
            for (const key of Object.keys(counts)) expect(counts[key]).toBeLessThanOrEqual((counts[other] ?? 0) + 1);
        }
        expect(turns).toHaveLength(
          Math.min(
            sizes.reduce((sum, size) => sum + size, 0),
            limits.reduce((sum, limit) => sum + limit, 0),
          ),
        );
        await client.query("rollback");
      },
    ),
    { numRuns: 25 },
  );
});

test("L17 more organizations than one look sees are all served in the end, and who has only later calls holds nobody up", async () => {
  for (let n = 0; n < 250; n += 1) await queue(`later${String(n).padStart(3, "0")}`, 1, -3_600);
  await queue("a", 2);
  await queue("z", 2);
  const served: string[] = [];
  let after = "";
  for (let look = 0; look < 12; look += 1) {
    const claimed = await claim(1, {}, after);
    after = claimed.after;
    served.push(...claimed.jobs.map(({ key }) => key));
  }
  expect(tally(served)).toEqual({ a: 2, z: 2 });
});

/** Blocks of the database that a statement looks at. */
async function blocksOf(text: string, values: unknown[]): Promise<number> {
  await client.query("begin");
  const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: Record<string, number> }] }>(
    `explain (analyze, buffers, format json) ${text}`,
    values,
  );
  await client.query("rollback");
  const plan = rows[0]?.["QUERY PLAN"][0].Plan ?? {};
  return (plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0);
}

test("L17 no claim grows with the backlog: 50 calls cost as much among 60,000 as among 600", async () => {
  const share = JSON.stringify({ hands: { A: 3 }, most: 64, after: "A" });
  const cost = async () => ({
    claim: await blocksOf("select exec_claim($1, 50, $2)", [worker, share]),
    peek: await blocksOf("select exec_peek(50, 'A')", []),
  });
  const fill = async (more: number): Promise<void> => {
    await queue("A", more);
    await queue("B", 5, 10);
    await client.query(
      `insert into event_outbox (id, name, data, fair_key, due_at)
       select gen_random_uuid(), 'e', '{}'::jsonb, 'A', now() - interval '1 hour' + n * interval '1 ms' from generate_series(1, $1::int) n
       union all select gen_random_uuid(), 'e', '{}'::jsonb, 'B', now() from generate_series(1, 5)`,
      [more],
    );
    await client.query("analyze exec_jobs, exec_runs, event_outbox");
  };
  await fill(600);
  await cost();
  const few = await cost();
  await fill(59_400);
  await cost();
  const many = await cost();
  expect(many.claim).toBeLessThan(few.claim * 1.5);
  expect(many.peek).toBeLessThan(few.peek * 1.5);
  // Some forty blocks for each call that is taken, its own rows and their indexes, are no walk through all that wait.
  expect(many.claim).toBeLessThan(50 * 44);
});
