import { Pool } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { createGroupWriter } from "@/server/db/group-writer";
import { createRunStore } from "@/server/modules/runs/store";
import { sweepRuns } from "@/server/modules/runs/sweep-store";
import { eventually, readRun, readSteps, startTestRun } from "./runtime.testkit";
import { call, createScene, edges, type Scene } from "./scene.testkit";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterAll(() => scene.close());

const unsafe = (path: string, more: object = {}) => ({
  startNodeId: "charge",
  nodes: [call("charge", path, { repeatable: "unsafe", ...more }), call("after")],
  edges: edges(["charge", "after"]),
});

it.each([
  ["completed", { status: "completed" }, ["charge", "after"]],
  ["retry", { status: "waiting_human" }, ["charge", "charge"]],
  ["failed", { status: "failed", failure_reason: "unsafe_unknown_outcome" }, ["charge"]],
])("A-4 an unsafe call without a complete answer asks a person; the answer %s", async (resolution, expected, calls) => {
  const flow = await scene.workflow(unsafe("/reset"));
  const id = await startTestRun(scene.worker, flow);
  const asked = await scene.openWaitpoint(id);
  expect(asked).toMatchObject({ kind: "handoff", key: "charge", request: { unknownOutcome: true } });
  expect(scene.callsOf(id)).toEqual(["charge"]);
  await scene.resolve(flow.organizationId, asked.id, "returned", { resolution });
  if (resolution === "retry") await scene.openWaitpoint(id, asked.id);
  else await scene.finished(id);
  expect(await readRun(scene.database.pool, id)).toMatchObject(expected);
  expect(scene.callsOf(id)).toEqual(calls);
});

it("A-4 an unsafe call that times out asks; a safe one is aborted and fails", async () => {
  const asks = await startTestRun(scene.worker, await scene.workflow(unsafe("/slow", { timeoutMs: 150 })));
  expect(await scene.openWaitpoint(asks)).toMatchObject({ kind: "handoff", request: { unknownOutcome: true } });
  const safe = {
    startNodeId: "a",
    nodes: [call("a", "/slow", { timeoutMs: 150, retry: { maxAttempts: 1 } })],
    edges: [],
  };
  const fails = await startTestRun(scene.worker, await scene.workflow(safe));
  expect(await scene.finished(fails)).toMatchObject({ status: "failed", error: { code: "timeout", nodeId: "a" } });
});

it("A-22 active time is limited, waiting is not counted", async () => {
  const waits = {
    startNodeId: "a",
    nodes: [call("a"), { id: "nap", type: "wait", duration: "PT1.5S" }, call("b")],
    edges: edges(["a", "nap"], ["nap", "b"]),
  };
  const ok = await startTestRun(scene.worker, await scene.workflow(waits, { timeoutMs: 1000 }));
  expect((await scene.finished(ok))["status"]).toBe("completed");
  const slow = { startNodeId: "a", nodes: [call("a", "/slow", { retry: { maxAttempts: 1 } })], edges: [] };
  const late = await startTestRun(scene.worker, await scene.workflow(slow, { timeoutMs: 200 }));
  expect(await scene.finished(late)).toMatchObject({ status: "failed", failure_reason: "timeout" });
});

it("M-9 a repeat loop asks its condition about the iteration that has just ended", async () => {
  const body = {
    startNodeId: "hit",
    nodes: [{ id: "hit", type: "transform", expression: { n: "${index + 1}" } }],
    edges: [],
  };
  const flow = await scene.workflow({
    startNodeId: "again",
    nodes: [{ id: "again", type: "loop", until: "step.hit.output.n >= 3", max: 10, body }],
    edges: [],
  });
  const run = await scene.finished(await startTestRun(scene.worker, flow));
  expect(run).toMatchObject({ status: "completed", output: [{ n: 1 }, { n: 2 }, { n: 3 }] });
});

it("A-12 A-13 a step in progress is recorded when the run is paused, and the next starts only after resume", async () => {
  const flow = await scene.workflow({
    startNodeId: "a",
    nodes: [call("a", "/slow-a"), call("b")],
    edges: edges(["a", "b"]),
  });
  const id = await startTestRun(scene.worker, flow);
  await eventually(
    () => Promise.resolve(scene.callsOf(id)),
    (calls) => calls.length === 1,
  );
  expect(await scene.control(flow, id, "pause")).toMatchObject({ ok: true });
  scene.release();
  await eventually(
    () => readSteps(scene.database.pool, id),
    (steps) => steps.some((step) => step.key === "a" && step.status === "completed"),
  );
  expect((await readRun(scene.database.pool, id))["status"]).toBe("paused");
  await scene.worker.executor.idle();
  expect(scene.callsOf(id)).toEqual(["a"]);
  await scene.control(flow, id, "resume");
  expect((await scene.finished(id))["status"]).toBe("completed");
  expect(scene.callsOf(id)).toEqual(["a", "b"]);
});

it("A-14 A-23 what a step answers after the run was cancelled is dropped", async () => {
  const flow = await scene.workflow({
    startNodeId: "a",
    nodes: [call("a", "/slow-c"), call("b")],
    edges: edges(["a", "b"]),
  });
  const id = await startTestRun(scene.worker, flow);
  await eventually(
    () => Promise.resolve(scene.callsOf(id)),
    (calls) => calls.length === 1,
  );
  await scene.control(flow, id, "cancel");
  scene.release();
  await scene.worker.executor.idle();
  expect(await readRun(scene.database.pool, id)).toMatchObject({ status: "cancelled", output: null });
  expect(scene.callsOf(id)).toEqual(["a"]);
  expect((await readSteps(scene.database.pool, id)).filter((step) => step.status === "completed")).toEqual([]);
});

it("a wake-up that was lost is sent again by the sweeper", async () => {
  const flow = await scene.workflow({
    startNodeId: "ask",
    nodes: [{ id: "ask", type: "approval", assignTo: "role:manager" }, call("act")],
    edges: edges(["ask", "act", "approved"]),
  });
  const id = await startTestRun(scene.worker, flow);
  const { id: waitpoint } = await scene.openWaitpoint(id);
  // As if the resolver's wake-up had never been delivered.
  await scene.database.pool.query(
    "update waitpoints set status = 'resolved', outcome = 'approved', resolved_by_name = 'Kim', resolved_at = now() - interval '10 seconds' where id = $1",
    [waitpoint],
  );
  expect((await readRun(scene.database.pool, id))["status"]).toBe("waiting_approval");
  expect((await sweepRuns(scene.database.pool)).woken).toBeGreaterThan(0);
  expect((await scene.finished(id))["status"]).toBe("completed");
  expect(scene.callsOf(id)).toEqual(["act"]);
});

it.each(["approved", "rejected", "cancel"])(
  "approvals, rejections and a cancel that meet on one waitpoint in the store: exactly one wins (%s is sent first)",
  async (front) => {
    const flow = await scene.workflow({
      startNodeId: "ask",
      nodes: [{ id: "ask", type: "approval", assignTo: "role:manager" }, call("act"), call("no")],
      edges: edges(["ask", "act", "approved"], ["ask", "no", "rejected"]),
    });
    const { pool } = scene.database;
    const id = await startTestRun(scene.worker, flow);
    const { id: waitpoint } = await scene.openWaitpoint(id);
    // Each writer has transactions and connections of its own; all of them stand at the run's row before the first may pass.
    const pools = Array.from({ length: 6 }, () => new Pool({ connectionString: scene.database.url, max: 4 }));
    const writers = pools.map((own) => createGroupWriter(own));
    const stores = writers.map((writer) => createRunStore(pool, writer));
    const gate = await pool.connect();
    await gate.query("begin");
    await gate.query("select 1 from runs where id = $1 for update", [id]);
    const decide = (outcome: string) =>
      stores.flatMap((store) =>
        Array.from({ length: 10 }, () => scene.resolve(flow.organizationId, waitpoint, outcome, {}, store)),
      );
    const tries: Record<string, () => Promise<JsonObject>[]> = {
      approved: () => decide("approved"),
      rejected: () => decide("rejected"),
      cancel: () => stores.map((store) => scene.control(flow, id, "cancel", {}, store)),
    };
    const order = [front, ...Object.keys(tries).filter((name) => name !== front)];
    const sent = order.map((name) => ({ name, answers: Promise.all(tries[name]?.() ?? []) }));
    await eventually(
      async () =>
        (
          await pool.query(
            "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
          )
        ).rowCount ?? 0,
      (blocked) => blocked >= 5,
    );
    await gate.query("commit");
    gate.release();
    const answers = Object.fromEntries(
      await Promise.all(sent.map(async ({ name, answers: all }) => [name, await all] as const)),
    );
    const run = await scene.finished(id);
    await scene.worker.executor.idle();
    await Promise.all(writers.map((writer) => writer.close()));
    await Promise.all(pools.map((own) => own.end()));

    const wins = (name: string): number => (answers[name] ?? []).filter((answer) => answer["ok"] === true).length;
    const { rows } = await pool.query<{ status: string; outcome: string | null }>(
      "select status, outcome from waitpoints where id = $1",
      [waitpoint],
    );
    const closed = rows[0]?.status === "cancelled" ? 1 : 0;
    const won = wins("approved") + wins("rejected") + closed;
    expect(won).toBeGreaterThanOrEqual(1);
    expect(won).toBeLessThanOrEqual(1);
    // Everybody else hears that it is decided, and by what.
    const refused = ["approved", "rejected"]
      .flatMap((name) => answers[name] ?? [])
      .filter((answer) => answer["ok"] !== true);
    expect(refused).toHaveLength(120 - (won - closed));
    expect(new Set(refused.map(({ reason, status, outcome }) => JSON.stringify([reason, status, outcome])))).toEqual(
      new Set([JSON.stringify(["resolved", rows[0]?.status, rows[0]?.outcome])]),
    );
    const audits = await pool.query<{ action: string }>("select action from audit_entries where subject_id = $1", [
      waitpoint,
    ]);
    expect(audits.rows.map((row) => row.action)).toEqual(closed === 1 ? [] : [`waitpoint.${rows[0]?.outcome ?? ""}`]);
    // A cancel may still stop the run that a decision has let go on, and never the other way round.
    expect(wins("cancel")).toBe(run["status"] === "cancelled" ? 1 : 0);
    const way = rows[0]?.outcome === "approved" ? "act" : "no";
    if (run["status"] === "completed") expect(scene.callsOf(id)).toEqual([way]);
    else expect([[], ...(closed === 1 ? [] : [[way]])]).toContainEqual(scene.callsOf(id));
  },
);
