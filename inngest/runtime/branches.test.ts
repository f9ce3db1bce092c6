import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { eventually, readRun, readSteps, startTestRun } from "./runtime.testkit";
import { call, createScene, edges, isOver, type Scene } from "./scene.testkit";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterEach(() => {
  scene.answers.clear();
});
afterAll(() => scene.close());

const statuses = async (runId: string) =>
  Object.fromEntries((await readSteps(scene.database.pool, runId)).map((step) => [step.key, step.status]));
const broken = (id: string, more: object = {}) => call(id, "/broken", { retry: { maxAttempts: 1 }, ...more });

it("onError continue goes on after a failed step, and later steps see its error", async () => {
  const flow = await scene.workflow({
    startNodeId: "a",
    nodes: [
      broken("a", { onError: "continue" }),
      call("b"),
      { id: "out", type: "output", output: { code: "${step.a.error.code}", b: "${step.b.output.path}" } },
    ],
    edges: edges(["a", "b"], ["b", "out"]),
  });
  const id = await startTestRun(scene.worker, flow);
  expect(await scene.finished(id)).toMatchObject({
    status: "completed",
    error: null,
    output: { code: "http_5xx", b: "/b" },
  });
  expect(await statuses(id)).toEqual({ a: "failed", b: "completed", out: "completed" });
});

it("an error edge is taken instead of the usual way, and only when the step fails", async () => {
  const document = {
    startNodeId: "a",
    nodes: [call("a", "/maybe", { retry: { maxAttempts: 1 } }), call("b"), call("fix")],
    edges: edges(["a", "b"], ["a", "fix", "error"]),
  };
  const flow = await scene.workflow(document);
  scene.answers.set("/maybe", { status: 404 });
  const failing = await startTestRun(scene.worker, flow);
  expect(await scene.finished(failing)).toMatchObject({ status: "completed", output: { path: "/fix" } });
  expect(await statuses(failing)).toEqual({ a: "failed", b: "skipped", fix: "completed" });
  scene.answers.clear();
  const working = await startTestRun(scene.worker, flow);
  expect(await scene.finished(working)).toMatchObject({ status: "completed", output: { path: "/b" } });
  expect(await statuses(working)).toEqual({ a: "completed", b: "completed", fix: "skipped" });
});

it("join any goes on with the first branch that arrives, and only once", async () => {
  const flow = await scene.workflow({
    startNodeId: "fork",
    nodes: [
      { id: "fork", type: "parallel" },
      call("quick"),
      call("late", "/slow-late"),
      call("joined", "/joined", { join: "any" }),
      call("after"),
    ],
    edges: edges(["fork", "quick"], ["fork", "late"], ["quick", "joined"], ["late", "joined"], ["joined", "after"]),
  });
  const id = await startTestRun(scene.worker, flow);
  await eventually(
    () => statuses(id),
    (steps) => steps["after"] === "completed",
  );
  // The late branch is still at work: nothing waited for it, and the run waits for it to end.
  expect((await readRun(scene.database.pool, id))["status"]).toBe("running");
  await eventually(
    () => Promise.resolve(scene.callsOf(id)),
    (calls) => calls.includes("late"),
  );
  scene.release();
  expect((await scene.finished(id))["status"]).toBe("completed");
  expect(scene.callsOf(id).sort()).toEqual(["after", "joined", "late", "quick"]);
});

it("a join of all waits for the last branch", async () => {
  const flow = await scene.workflow({
    startNodeId: "fork",
    nodes: [{ id: "fork", type: "parallel" }, call("quick"), call("late", "/slow-all"), call("joined")],
    edges: edges(["fork", "quick"], ["fork", "late"], ["quick", "joined"], ["late", "joined"]),
  });
  const id = await startTestRun(scene.worker, flow);
  await eventually(
    () => Promise.resolve(scene.callsOf(id)),
    (calls) => calls.includes("late"),
  );
  await eventually(
    () => statuses(id),
    (steps) => steps["quick"] === "completed",
  );
  expect(scene.callsOf(id)).not.toContain("joined");
  scene.release();
  expect(await scene.finished(id)).toMatchObject({ status: "completed", output: { path: "/joined" } });
  expect(scene.callsOf(id).filter((key) => key === "joined")).toHaveLength(1);
});

const routes = {
  startNodeId: "see",
  nodes: [
    { id: "see", type: "transform", expression: { verdict: "${input.verdict}" } },
    {
      id: "route",
      type: "decision",
      expression: "step.see.output.verdict",
      cases: { passed: { next: "yes" }, failed: { next: "no" } },
      defaultCase: "other",
    },
    call("yes"),
    call("no"),
    call("other"),
  ],
  edges: edges(["see", "route"]),
};

it.each([
  ["passed", "yes"],
  ["failed", "no"],
  ["unheard of", "other"],
  [null, "other"],
])(
  "K-22 K-23 a decision on %s goes to %s, and everything it does not name takes the default",
  async (verdict, taken) => {
    const id = await startTestRun(scene.worker, await scene.workflow(routes), { verdict });
    expect(await scene.finished(id)).toMatchObject({ status: "completed", output: { path: `/${taken}` } });
    expect(scene.callsOf(id)).toEqual([taken]);
    const others = ["yes", "no", "other"].filter((node) => node !== taken);
    expect(await statuses(id)).toMatchObject(Object.fromEntries(others.map((node) => [node, "skipped"])));
  },
);

it.each([
  [12, "big"],
  [3, "small"],
])("a condition with amount %s goes to %s only", async (amount, taken) => {
  const document = {
    startNodeId: "check",
    nodes: [{ id: "check", type: "condition", expression: "input.amount > 10" }, call("big"), call("small")],
    edges: edges(["check", "big", "true"], ["check", "small", "false"]),
  };
  const id = await startTestRun(scene.worker, await scene.workflow(document), { amount });
  expect((await scene.finished(id))["status"]).toBe("completed");
  expect(scene.callsOf(id)).toEqual([taken]);
});

it("a condition that gives no yes or no fails the run and names the step", async () => {
  const document = {
    startNodeId: "check",
    nodes: [{ id: "check", type: "condition", expression: "input.amount" }, call("big")],
    edges: edges(["check", "big", "true"]),
  };
  const id = await startTestRun(scene.worker, await scene.workflow(document), { amount: 3 });
  expect(await scene.finished(id)).toMatchObject({
    status: "failed",
    failure_reason: "step_failed",
    error: { code: "not_a_boolean", nodeId: "check" },
  });
  expect(scene.callsOf(id)).toEqual([]);
});

it.each([
  ["failed", "ended_failed"],
  ["completed", null],
])(
  "F-28 C20 `end` with status %s ends the run with its message and closes the branch that is open",
  async (status, reason) => {
    const flow = await scene.workflow({
      startNodeId: "fork",
      nodes: [
        { id: "fork", type: "parallel" },
        { id: "ask", type: "approval", assignTo: "role:manager" },
        call("act"),
        call("check", "/slow-check"),
        { id: "stop", type: "end", status, message: "Checked at ${step.check.output.path}" },
      ],
      edges: edges(["fork", "ask"], ["ask", "act", "approved"], ["fork", "check"], ["check", "stop"]),
    });
    const id = await startTestRun(scene.worker, flow);
    const find = async () =>
      (
        await scene.database.pool.query<{ id: string; status: string }>(
          "select id, status from waitpoints where run_id = $1 and kind = 'approval'",
          [id],
        )
      ).rows[0];
    const asked = await eventually(find, (row) => row?.status === "open");
    await eventually(
      () => Promise.resolve(scene.callsOf(id)),
      (calls) => calls.includes("check"),
    );
    scene.release();
    expect(await eventually(() => readRun(scene.database.pool, id), isOver)).toMatchObject({
      status,
      failure_reason: reason,
      output: null,
      end_message: "Checked at /slow-check",
    });
    expect((await find())?.status).toBe("cancelled");
    expect(await statuses(id)).toMatchObject({ ask: "cancelled", check: "completed", stop: "completed" });
    expect(await scene.resolve(flow.organizationId, asked?.id ?? "", "approved")).toMatchObject({
      ok: false,
      reason: "resolved",
      status: "cancelled",
    });
    await scene.worker.executor.idle();
    expect(scene.callsOf(id)).toEqual(["check"]);
  },
);
