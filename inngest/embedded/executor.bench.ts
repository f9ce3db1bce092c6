/**
 * Runs per second of a function with five no-op steps, each of which commits its own memo as the run journal does.
 *   npx tsx inngest/embedded/executor.bench.ts [runs] [clients] [parked]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import { migrate } from "@/scripts/db/migrate";
import { startCluster } from "@/scripts/postgres/cluster";
import { currentDispatch, markMemoCommitted, stepHash } from "./dispatch-context";
import { createTestClient, startTestExecutor, type TestExecutor } from "./executor.testkit";

const [runs = 5_000, clients = 50, parked = 0] = process.argv.slice(2).map(Number);
const steps = 5;

// As the worker does: the SDK copies the environment on every call, and the real one is slow to read.
process.env = { ...process.env };

const dir = mkdtempSync(join(tmpdir(), "holdpoint-bench-"));
const cluster = await startCluster({ dir, kind: "durable" });
const url = cluster.url("postgres");
try {
  await migrate(url);
  await bench();
} finally {
  await cluster.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exit(0);

async function bench(): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 4 });
  pool.on("error", () => undefined);
  const test = createTestClient();
  const ends = new Map<string, () => void>();
  const host: { executor?: TestExecutor } = {};
  const park = test.client.createFunction({ id: "park", triggers: [{ event: "bench/park" }] }, async ({ step }) => {
    await step.waitForEvent("wait", { event: "run/wake", match: "data.runId", timeout: "30d" });
  });
  const five = test.client.createFunction(
    { id: "five", triggers: [{ event: "bench/run" }] },
    async ({ event, step }) => {
      for (let n = 0; n < steps; n += 1) await step.run(`s${n}`, () => commit(`s${n}`));
      ends.get(String((event.data as { key?: string }).key))?.();
    },
  );
  /** What a step body of the product does: its journal row and the memo in one group commit. */
  async function commit(step: string): Promise<number> {
    const dispatch = currentDispatch();
    if (!dispatch || !host.executor) throw new Error("No dispatch context.");
    const args = {
      run: dispatch.execRunId,
      step: dispatch.jobId,
      fence: dispatch.fence,
      memos: [{ id: stepHash(step), name: step, memo: 1 }],
    };
    if (!(await host.executor.writer.call("exec_checkpoint", args))) throw new Error("Fenced.");
    markMemoCommitted(dispatch.execRunId, step);
    return 1;
  }
  const running = await startTestExecutor(url, test, [park, five]);
  host.executor = running;
  if (parked > 0) await parkRuns(pool);

  const times: number[] = [];
  let next = 0;
  const client = async (count: number): Promise<void> => {
    for (; next < count;) {
      const key = String(next++);
      const from = performance.now();
      const ended = new Promise<void>((resolve) => ends.set(key, resolve));
      await running.sendEvents([{ name: "bench/run", data: { key } }]);
      await ended;
      ends.delete(key);
      times.push(performance.now() - from);
    }
  };
  await client(200);
  report("alone", times.splice(0), 0);
  next = 0;
  await Promise.all(Array.from({ length: clients }, () => client(runs / 5)));
  times.length = 0;
  next = 0;
  const cpu = process.cpuUsage();
  const from = performance.now();
  await Promise.all(Array.from({ length: clients }, () => client(runs)));
  const seconds = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  report(`${clients} clients`, times, runs / seconds);
  console.log(
    `CPU of this process: ${((user + system) / 1000 / runs).toFixed(2)} ms a run, ${(((user + system) / 1e6 / seconds) * 100).toFixed(0)} %`,
  );
  const idle = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const used = process.cpuUsage(idle);
  console.log(`idle with ${parked} parked runs: ${((used.user + used.system) / 20_000).toFixed(1)} % CPU`);
  await running.stop();
}

/** Rows as a parked run leaves them. */
async function parkRuns(pool: Pool): Promise<void> {
  await pool.query(
    `with r as (insert into exec_runs (id, function_id, events, started_at) select gen_random_uuid(), 'test-park', jsonb_build_array(jsonb_build_object('id', n::text, 'name', 'bench/park', 'data', jsonb_build_object('runId', n::text), 'ts', 1)), now() from generate_series(1, $1::int) n returning id, events)
     insert into exec_waits (exec_run, wait_id, kind, name, event_name, match_key, due_at)
     select id, 'f6a1d4a7e0b84d0b6b3a9fbbf5f8f6b3f1a0b0c1', 'event', 'wait', 'run/wake', 'runId=' || (events->0->'data'->>'runId'), now() + interval '30 days' from r`,
    [parked],
  );
}

function report(name: string, times: number[], rate: number): void {
  const sorted = times.sort((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1);
  console.log(
    `${name}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms${rate > 0 ? `, ${rate.toFixed(0)} runs/s` : ""}`,
  );
}
