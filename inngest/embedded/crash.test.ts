import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import type { FromWorker, ToWorker } from "./crash-worker.testkit";

/** A silence that no test lasts for: whoever takes over has seen that the process is gone. */
const never = 3_600_000;
const script = fileURLToPath(new URL("crash-worker.testkit.ts", import.meta.url));
let database: TestDatabase;
let workers: ChildProcess[];

beforeEach(async () => {
  workers = [];
  database = await createTestDatabase();
  await database.pool.query(`
    create table probe_body (key text, step text, after_record boolean);
    create table probe_record (key text, step text, primary key (key, step));
    create table probe_end (key text primary key)`);
});
afterEach(async () => {
  await Promise.all(workers.map(kill));
  await database.close();
});

test(
  "3.8 killed with -9 again and again and taken over at once, 30 runs of 5 steps all end, and no step body runs after its record",
  { timeout: 120_000 },
  async () => {
    await send("crash/run", 30);
    let kills = 0;
    for (let round = 0; round < 6; round += 1) {
      const worker = start(never);
      // Anywhere from before the first step to deep in the work; the last step bodies of all runs are the 180th.
      await bodies(worker, Math.floor(Math.random() * 25));
      await kill(worker);
      if ((await ended()) < 30) kills += 1;
    }
    const last = start(never);
    await until(async () => (await ended()) === 30);
    await until(async () => (await count("exec_runs")) === 0);
    await kill(last);
    expect(kills).toBeGreaterThanOrEqual(3);
    expect(await count("probe_body where after_record")).toBe(0);
    expect(await count("probe_record")).toBe(90);
    expect(await count("exec_jobs")).toBe(0);
  },
);

test("of two workers one is killed: the other takes its runs over and all end", { timeout: 120_000 }, async () => {
  const first = start();
  const second = start();
  await Promise.all([bodies(first, 0), bodies(second, 0)]);
  await send("crash/run", 20);
  await Promise.race([bodies(first, 5), bodies(second, 60)]);
  await kill(first);
  await until(async () => (await ended()) === 20);
  expect(await count("probe_body where after_record")).toBe(0);
  expect(await count("probe_record")).toBe(60);
});

test(
  "3.8 a worker that was stopped and comes back is fenced, and goes on as somebody new",
  { timeout: 120_000 },
  async () => {
    const sleeper = start();
    await bodies(sleeper, 0);
    await send("crash/stop", 1);
    await bodies(sleeper, 1);
    sleeper.kill("SIGSTOP");
    const other = start();
    await bodies(other, 1);
    tell(other, { type: "go" });
    await until(async () => (await ended()) === 1);
    const fenced = message(sleeper, "fenced");
    sleeper.kill("SIGCONT");
    tell(sleeper, { type: "go" });
    expect(await fenced).toEqual({ type: "fenced", key: "k1" });
    expect(await count("probe_record")).toBe(1);
    expect(await count("exec_workers where dead")).toBe(1);
    await until(async () => (await count("exec_workers where not dead")) === 2);
    await kill(other);
    await database.pool.query("truncate probe_end, probe_record");
    await send("crash/run", 1);
    await until(async () => (await ended()) === 1);
    expect(sleeper.exitCode).toBe(null);
  },
);

/** All with the same settings. */
function start(leaseMs = 1_000): ChildProcess {
  const worker = fork(script, [database.url, String(leaseMs)], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  workers.push(worker);
  return worker;
}

/** Resolves when the worker is ready and has begun `wanted` step bodies since this was called (or has died). */
function bodies(worker: ChildProcess, wanted: number): Promise<void> {
  return new Promise((resolve) => {
    let left = wanted + (ready.has(worker) ? 0 : 1);
    if (left === 0) return resolve();
    const onMessage = (received: FromWorker): void => {
      if (received.type === "ready") ready.add(worker);
      left -= 1;
      if (left > 0) return;
      worker.off("message", onMessage);
      resolve();
    };
    worker.on("message", onMessage);
    worker.once("exit", () => resolve());
  });
}

const ready = new WeakSet<ChildProcess>();

function message(worker: ChildProcess, type: FromWorker["type"]): Promise<FromWorker> {
  return new Promise((resolve) =>
    worker.on("message", (received: FromWorker) => received.type === type && resolve(received)),
  );
}

function tell(worker: ChildProcess, what: ToWorker): void {
  worker.send(what);
}

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = new Promise((resolve) => worker.once("exit", resolve));
  worker.kill("SIGKILL");
  await gone;
}

async function send(name: string, runs: number): Promise<void> {
  await database.pool.query(
    "insert into event_outbox (id, name, data) select gen_random_uuid(), $1, jsonb_build_object('key', 'k' || n) from generate_series(1, $2::int) n",
    [name, runs],
  );
  await database.pool.query("select pg_notify('hp_events', '')");
}

async function count(what: string): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(`select count(*)::int as n from ${what}`);
  return rows[0]?.n ?? 0;
}

const ended = (): Promise<number> => count("probe_end");

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}
