import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import { migrate } from "../db/migrate";
import { startCluster } from "../postgres/cluster";
import { insertWorkflow, startTestRun, startTestWorker } from "@/inngest/runtime/runtime.testkit";

process.env = { ...process.env };
const dir = mkdtempSync(join(tmpdir(), "hp-perf-"));
const cluster = await startCluster({ dir, kind: "durable" });
const url = cluster.url("postgres");
process.env["DATABASE_URL"] = url;
process.env["NEXTAUTH_SECRET"] = "0123456789012345678901234567890123456789";
await migrate(url);
{
  const p0 = new Pool({ connectionString: url });
  await p0.query("alter system set track_functions = 'all'");
  await p0.query("select pg_reload_conf()");
  await p0.end();
}
const pool = new Pool({ connectionString: url, max: 8 });
const worker = await startTestWorker({ url, pool });
const names = ["one", "two", "three", "four", "five"];
const flow = await insertWorkflow(pool, {
  startNodeId: "one",
  nodes: names.map((id) => ({
    id,
    type: "webhook_emit",
    event: "bench.step",
    payload: { step: id, amount: "${input.amount}" },
  })),
  edges: names.slice(1).map((to, i) => ({ from: names[i] ?? "", to })),
});
const listener = await pool.connect();
await listener.query("listen hp_done");
const ends = new Map<string, () => void>();
const early = new Set<string>();
listener.on("notification", (n) => {
  for (const id of (n.payload ?? "").split(",")) {
    const end = ends.get(id);
    if (end) end();
    else early.add(id);
  }
});
async function one(): Promise<void> {
  const id = await startTestRun(worker, flow, { amount: 7 });
  if (early.delete(id)) return;
  await new Promise<void>((resolve) => ends.set(id, resolve));
  ends.delete(id);
}
async function load(clients: number, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000;
  const times: number[] = [];
  const cpu = process.cpuUsage();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) {
        const t = performance.now();
        await one();
        times.push(performance.now() - t);
      }
    }),
  );
  const used = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);
  console.log(
    `${clients} clients: ${(times.length / seconds).toFixed(0)}/s p50 ${times[times.length >> 1]?.toFixed(1)} p99 ${times[Math.floor(times.length * 0.99)]?.toFixed(1)}  worker cpu/run ${((used.user + used.system) / 1000 / times.length).toFixed(2)} ms`,
  );
}
await load(20, 3);
await load(1, Number(process.env["ALONE"] ?? "4"));
await load(50, Number(process.env["FULL"] ?? "8"));
{
  const { rows } = await pool.query(
    "select funcname, calls, round(total_time::numeric,1) as total, round(self_time::numeric,1) as self, round((total_time/calls)::numeric,3) as per from pg_stat_user_functions order by self_time desc limit 25",
  );
  console.table(rows);
}
listener.release(true);
await worker.stop();
await pool.end();
await cluster.stop();
rmSync(dir, { recursive: true, force: true });
process.exit(0);
