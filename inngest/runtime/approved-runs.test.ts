import { expect, it } from "vitest";
import { eventually, readRun, readSteps, startTestRun } from "./runtime.testkit";
import {
  approvalFlow,
  call,
  database,
  echo,
  finished,
  openWaitpoint,
  resolve,
  worker,
  workflow,
} from "./one-worker.testkit";

it("F-26 A-5 A-20 A-16 an approval parks the run and approving goes on", async () => {
  const flow = await workflow(approvalFlow);
  const id = await startTestRun(worker, flow);
  const waitpoint = await openWaitpoint(id);
  expect((await readRun(database.pool, id))["status"]).toBe("waiting_approval");
  expect(await resolve(flow.organizationId, waitpoint, "approved", { comment: "fine" })).toMatchObject({ ok: true });
  expect((await finished(id))["status"]).toBe("completed");
  expect((await readSteps(database.pool, id)).map((step) => [step.key, step.status])).toEqual(
    expect.arrayContaining([
      ["quote", "completed"],
      ["ask", "completed"],
      ["act", "completed"],
      ["sorry", "skipped"],
    ]),
  );
  expect(await resolve(flow.organizationId, waitpoint, "rejected")).toMatchObject({
    ok: false,
    outcome: "approved",
    by: "Kim",
  });
});

it("F-40 rejection takes the alternative path", async () => {
  const flow = await workflow(approvalFlow);
  const id = await startTestRun(worker, flow);
  await resolve(flow.organizationId, await openWaitpoint(id), "rejected", { comment: "too dear" });
  const run = await finished(id);
  expect(run).toMatchObject({ status: "completed", output: { why: "too dear" } });
  expect(echo.calls.some((made) => made.key === `${id}:act`)).toBe(false);
});

it("A-17 rejection without a path fails the run with approval_rejected", async () => {
  const flow = await workflow({
    ...approvalFlow,
    nodes: approvalFlow.nodes.slice(0, 3),
    edges: approvalFlow.edges.slice(0, 2),
  });
  const id = await startTestRun(worker, flow);
  await resolve(flow.organizationId, await openWaitpoint(id), "rejected");
  expect(await finished(id)).toMatchObject({ status: "failed", failure_reason: "approval_rejected" });
});

it("F-39 an approval that times out takes its fallback", async () => {
  const timed = { id: "ask", type: "approval", assignTo: "role:manager", timeout: "PT0.3S", onTimeout: "reject" };
  const flow = await workflow({
    ...approvalFlow,
    nodes: approvalFlow.nodes.map((node) => (node.id === "ask" ? timed : node)),
  });
  const id = await startTestRun(worker, flow);
  expect((await finished(id))["status"]).toBe("completed");
  expect((await readSteps(database.pool, id)).find((step) => step.key === "act")?.status).toBe("skipped");
  const { rows } = await database.pool.query<{ outcome: string }>("select outcome from waitpoints where run_id = $1", [
    id,
  ]);
  expect(rows[0]?.outcome).toBe("timed_out");
});

it("a slow call in one branch never delays another branch, even past an approval", async () => {
  const flow = await workflow({
    startNodeId: "fork",
    nodes: [
      { id: "fork", type: "parallel" },
      call("slow", "/slow"),
      { id: "ask", type: "approval", assignTo: "role:manager" },
      call("after"),
      call("joined"),
    ],
    edges: [
      { from: "fork", to: "slow" },
      { from: "fork", to: "ask" },
      { from: "ask", to: "after", case: "approved" },
      { from: "slow", to: "joined" },
      { from: "after", to: "joined" },
    ],
  });
  const id = await startTestRun(worker, flow);
  const waitpoint = await eventually(
    async () =>
      (await database.pool.query<{ id: string }>("select id from waitpoints where run_id = $1", [id])).rows[0]?.id,
    (found) => found !== undefined,
  );
  await eventually(
    () => Promise.resolve(echo.calls),
    (calls) => calls.some((made) => made.key === `${id}:slow`),
  );
  await resolve(flow.organizationId, waitpoint ?? "", "approved");
  await eventually(
    () => Promise.resolve(echo.calls),
    (calls) => calls.some((made) => made.key === `${id}:after`),
  );
  echo.release();
  expect((await finished(id))["status"]).toBe("completed");
  expect(echo.calls.filter((made) => made.key === `${id}:joined`)).toHaveLength(1);
});
