import { afterAll, beforeAll, expect, it } from "vitest";
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

it("F-38 K-23 of 200 decisions, a cancel and a near timeout on one approval at once, one counts", async () => {
  const flow = await scene.workflow({
    startNodeId: "ask",
    nodes: [{ id: "ask", type: "approval", assignTo: "role:manager", timeout: "PT0.3S" }, call("act"), call("no")],
    edges: edges(["ask", "act", "approved"], ["ask", "no", "rejected"], ["ask", "no", "timed_out"]),
  });
  for (let round = 0; round < 5; round += 1) {
    const id = await startTestRun(scene.worker, flow);
    const { id: waitpoint } = await scene.openWaitpoint(id);
    const tries = Array.from({ length: 200 }, (_, index) =>
      scene.resolve(flow.organizationId, waitpoint, index % 2 === 0 ? "approved" : "rejected"),
    );
    const answers = await Promise.all([
      ...tries.slice(0, 100),
      ...(round % 2 === 0 ? [] : [scene.control(flow, id, "cancel")]),
      ...tries.slice(100),
    ]);
    const run = await scene.finished(id);
    const won = answers.filter((answer) => answer["ok"] === true && answer["nodeId"] === "ask");
    expect(won.length).toBeLessThanOrEqual(1);
    const { rows } = await scene.database.pool.query<{ status: string; outcome: string | null }>(
      "select status, outcome from waitpoints where id = $1",
      [waitpoint],
    );
    const audits = await scene.database.pool.query("select 1 from audit_entries where subject_id = $1", [waitpoint]);
    expect(audits.rowCount).toBe(won.length);
    expect(rows[0]?.status).toBe(
      won.length === 1 ? "resolved" : run["status"] === "cancelled" ? "cancelled" : "resolved",
    );
    const refused = answers.filter((answer) => answer["reason"] === "resolved");
    expect(refused.length).toBe(200 - won.length);
    if (run["status"] === "completed")
      expect(scene.callsOf(id)).toEqual([rows[0]?.outcome === "approved" ? "act" : "no"]);
    else expect(scene.callsOf(id).length).toBeLessThanOrEqual(1);
  }
});
