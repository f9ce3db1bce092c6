import { afterAll, beforeAll, expect, it } from "vitest";
import { readSteps, startTestRun } from "./runtime.testkit";
import { call, createScene, edges, type Scene } from "./scene.testkit";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterAll(() => scene.close());

/** A refund that somebody approves; the step after it fails until the input is corrected. */
const refund = (more: object = {}) => ({
  startNodeId: "ask",
  nodes: [
    { id: "ask", type: "approval", assignTo: "role:manager", bindFields: ["input.amount"], ...more },
    call("pay", "/${input.path}"),
    call("done"),
    { id: "no", type: "transform", expression: { said: "no" } },
  ],
  edges: edges(["ask", "pay", "approved"], ["pay", "done"], ["ask", "no", "rejected"]),
});
const waitpoints = async (runId: string) =>
  (
    await scene.database.pool.query<{ status: string; outcome: string | null }>(
      "select status, outcome from waitpoints where run_id = $1 and kind = 'approval' order by created_at",
      [runId],
    )
  ).rows;

async function failedAfterApproval() {
  const flow = await scene.workflow(refund());
  const id = await startTestRun(scene.worker, flow, { amount: 40, path: "broken" });
  const first = await scene.openWaitpoint(id);
  await scene.resolve(flow.organizationId, first.id, "approved");
  expect(await scene.finished(id)).toMatchObject({ status: "failed", failure_reason: "step_failed" });
  return { flow, id, first, tries: scene.callsOf(id).length };
}

it("F-34 F-37 a value that changes after its approval is asked again with the difference, and nothing is sent meanwhile", async () => {
  const { flow, id, first, tries } = await failedAfterApproval();
  await scene.control(flow, id, "retry", {
    inputEdits: { amount: 4000, path: "ok" },
    patch: { amount: 4000, path: "ok" },
  });
  const again = await scene.openWaitpoint(id, first.id);
  expect(again.request["changed"]).toEqual([
    { path: "input.amount", was: 40, now: 4000 },
    { path: "input.path", was: "broken", now: "ok" },
  ]);
  expect(again.request["bound"]).toEqual([
    { path: "input.amount", value: 4000 },
    { path: "input.path", value: "ok" },
  ]);
  expect(scene.callsOf(id)).toHaveLength(tries);
  expect(await waitpoints(id)).toEqual([
    { status: "superseded", outcome: "approved" },
    { status: "open", outcome: null },
  ]);
  await scene.resolve(flow.organizationId, again.id, "approved");
  expect((await scene.finished(id))["status"]).toBe("completed");
  expect(scene.callsOf(id).slice(tries)).toEqual([expect.stringMatching(/^pay:v[0-9a-f]{8}$/), "done"]);
  expect((await readSteps(scene.database.pool, id)).map((step) => [step.key, step.status])).toEqual(
    expect.arrayContaining([
      ["ask", "completed"],
      ["pay", "completed"],
      ["no", "skipped"],
    ]),
  );
});

it("F-40 the repeated question may be rejected, and takes the path drawn for it", async () => {
  const { flow, id, first, tries } = await failedAfterApproval();
  await scene.control(flow, id, "retry", { inputEdits: { amount: 4000 } });
  const again = await scene.openWaitpoint(id, first.id);
  await scene.resolve(flow.organizationId, again.id, "rejected");
  expect(await scene.finished(id)).toMatchObject({ status: "completed", output: { said: "no" } });
  expect(scene.callsOf(id)).toHaveLength(tries);
});

it("A-15 a retry that leaves the bound values alone keeps the approval, and the key that the service knows", async () => {
  const { flow, id, tries } = await failedAfterApproval();
  await scene.control(flow, id, "retry");
  expect((await scene.finished(id))["status"]).toBe("failed");
  expect(new Set(scene.callsOf(id))).toEqual(new Set(["pay"]));
  await scene.control(flow, id, "retry", {
    inputEdits: { note: "nobody reads this" },
    patch: { note: "nobody reads this" },
  });
  expect((await scene.finished(id))["status"]).toBe("failed");
  expect(new Set(scene.callsOf(id).slice(tries * 2))).toEqual(new Set(["pay"]));
  expect(await waitpoints(id)).toEqual([{ status: "resolved", outcome: "approved" }]);
});

it("H8 without the author asking, a decision holds to what was shown and to every input that the steps behind it read", async () => {
  const flow = await scene.workflow({
    startNodeId: "fork",
    nodes: [
      { id: "fork", type: "transform", expression: { label: "${input.label}" } },
      {
        id: "ask",
        type: "approval",
        assignTo: "role:manager",
        context: { headline: "Refund ${input.amount} for ${step.fork.output.label}", fields: ["input.order"] },
      },
      { id: "beside", type: "transform", expression: { account: "${input.account}" } },
      call("pay", "/${trigger.path}", {
        body: { to: "${step.beside.output.account}", items: "${input.items.map(i, i.id)}" },
      }),
    ],
    edges: edges(["fork", "ask"], ["fork", "beside"], ["ask", "pay", "approved"], ["beside", "pay"]),
  });
  const input = {
    label: "Jane",
    amount: 50,
    order: "o1",
    account: "a1",
    path: "broken",
    items: [{ id: 1 }],
    note: "n",
  };
  const id = await startTestRun(scene.worker, flow, input);
  const asked = await scene.openWaitpoint(id);
  const bound = asked.request["bound"] as { path: string; value: unknown }[];
  expect(Object.fromEntries(bound.map(({ path, value }) => [path, value]))).toEqual({
    "input.amount": 50,
    "step.fork.output.label": "Jane",
    "input.order": "o1",
    "trigger.path": "broken",
    "input.account": "a1",
    "input.items": [{ id: 1 }],
  });
  await scene.resolve(flow.organizationId, asked.id, "approved");
  expect((await scene.finished(id))["status"]).toBe("failed");
  const tries = scene.callsOf(id).length;
  await scene.control(flow, id, "retry", { inputEdits: { order: "attacker", note: "m" } });
  const again = await scene.openWaitpoint(id, asked.id);
  expect(again.request["changed"]).toEqual([{ path: "input.order", was: "o1", now: "attacker" }]);
  expect(scene.callsOf(id)).toHaveLength(tries);
});

it("F-34 what the decider edits while approving is covered by the decision", async () => {
  const flow = await scene.workflow(refund({ policy: { editable: ["input.amount"] } }));
  const id = await startTestRun(scene.worker, flow, { amount: 40, path: "ok" });
  await scene.resolve(flow.organizationId, (await scene.openWaitpoint(id)).id, "approved", { edits: { amount: 30 } });
  expect((await scene.finished(id))["status"]).toBe("completed");
  expect(scene.callsOf(id)).toEqual(["pay", "done"]);
});
