import { test } from "vitest";
import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import { createTestDatabase } from "@/tests/database";
import { startArgs } from "@/server/modules/runs/run-start";
const organizationId = newId();
const workflowId = newId();
const start = (id: string): JsonObject => startArgs({ id, organizationId, workflowId, versionId: newId(), version: 1, triggerType: "api", input: { amount: 7 }, ownerId: newId(), initiatedBy: null, startKey: null, first: "one" });
const commit = (run: string, seq: number, more: JsonObject = {}): JsonObject => {
  const key = `step-${String(seq)}`;
  return { r: run, o: organizationId, f: workflowId, g: 1, s: seq, n: seq + 1, m: null,
    w: [{ key, g: 1, id: newId(), nodeId: key, iteration: "", name: key, type: "transform", status: "completed", attempt: 1, seq: seq + 1, durationMs: 3, output: {a: 1, b: "xyz"} }],
    u: { status: "running", parkedBy: null, busy: true, activeMs: 3, startedAt: 1_000 }, waits: false, reading: false, progress: true,
    log: [{ type: "step.started", at: 1_000 + seq, data: { node_id: key } }, { type: "step.completed", at: 2_000 + seq, data: { node_id: key } }], ...more };
};
test("micro", async () => {
  const database = await createTestDatabase();
  const c = await database.pool.connect();
  await c.query("set synchronous_commit = off");
  if (process.env["TF"]) { await c.query("set track_functions = 'all'"); }
  const batch = async (...items: [string, JsonObject][]) => (await c.query<{ r: JsonObject[] }>({ name: "hb", text: "select hot_batch($1) as r", values: [JSON.stringify(items.map(([k, a]) => ({ k, a })))] })).rows[0]?.r;
  const time = async (name: string, n: number, work: (i: number) => Promise<unknown>) => {
    const cpu = async () => Number((await c.query("select 1")).rows.length);
    await cpu();
    const t = performance.now();
    for (let i = 0; i < n; i += 1) await work(i);
    console.log("MICRO", name, ((performance.now() - t) / n).toFixed(3), "ms");
  };
  for (let round = 0; round < 2; round += 1) {
  await time("select 1", 500, () => c.query({ name: "s1", text: "select $1::jsonb", values: ['{"a":1}'] }));
  const runs = Array.from({ length: 300 }, () => newId());
  await time("start x1", 300, (i) => batch(["start_run", start(runs[i]!)]));
  await time("commit x1", 300, async (i) => { const r = await batch(["commit", commit(runs[i]!, 0)]); if (!(r?.[0] as any)?.ok) throw new Error(JSON.stringify(r)); });
  await time("commit x1 second", 300, (i) => batch(["commit", commit(runs[i]!, 1)]));
  await time("commit x10", 30, (i) => batch(...runs.slice(i * 10, i * 10 + 10).map((r): [string, JsonObject] => ["commit", commit(r, 2)])));
  await time("commit x30", 10, (i) => batch(...runs.slice(i * 30, i * 30 + 30).map((r): [string, JsonObject] => ["commit", commit(r, 3)])));
  await time("accept+peek", 50, () => c.query({ name: "pk", text: "select exec_peek($1, $2)", values: [64, ""] }));
  }
  if (process.env["TF"]) { await c.query("select pg_stat_force_next_flush()"); await c.query("select 1"); console.table((await c.query("select funcname, calls, (total_time/calls)::numeric(10,3) as total, (self_time/calls)::numeric(10,3) as self from pg_stat_user_functions order by self_time desc limit 25")).rows); }
  c.release();
  await database.close();
}, 100_000);
