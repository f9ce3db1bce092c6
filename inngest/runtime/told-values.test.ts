import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestRun } from "./runtime.testkit";
import { createScene, edges, type Scene } from "./scene.testkit";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterAll(() => scene.close());

const ask = { id: "ask", type: "approval", assignTo: "role:manager", context: { headline: "Refund ${input.amount}" } };
const told = { id: "told", type: "output", output: { approved: true, amount: "${input.amount}" } };
const approvals = async (runId: string) =>
  (
    await scene.database.pool.query<{ key: string; status: string }>(
      "select key, status from waitpoints where run_id = $1 and kind = 'approval' order by created_at",
      [runId],
    )
  ).rows.map(({ key, status }) => `${key} ${status}`);

const waits: Record<string, { between: object[]; ways: Parameters<typeof edges> }> = {
  "a wait and the run's result": {
    between: [{ id: "hold", type: "wait", duration: "P1D" }],
    ways: [
      ["ask", "hold", "approved"],
      ["hold", "told"],
    ],
  },
  "steps that only compute, and the run's result": {
    between: [
      { id: "sum", type: "transform", expression: { amount: "${input.amount}" } },
      { id: "hold", type: "wait", duration: "P1D" },
    ],
    ways: [
      ["ask", "hold", "approved"],
      ["hold", "sum"],
      ["sum", "told"],
    ],
  },
  "a person who is told it": {
    between: [
      {
        id: "hold",
        type: "human_handoff",
        assignTo: "role:manager",
        summary: "Pay ${input.amount}",
        message: "We pay ${input.amount}",
      },
    ],
    ways: [
      ["ask", "hold", "approved"],
      ["hold", "told"],
    ],
  },
};

it.each(Object.entries(waits))(
  "H8 values changed after an approval are told to nobody before it is asked again: %s",
  async (_, { between, ways }) => {
    const flow = await scene.workflow({ startNodeId: "ask", nodes: [ask, ...between, told], edges: edges(...ways) });
    const id = await startTestRun(scene.worker, flow, { amount: 10 });
    const first = await scene.openWaitpoint(id);
    await scene.resolve(flow.organizationId, first.id, "approved");
    await scene.openWaitpoint(id, first.id);
    await scene.control(flow, id, "cancel");
    await scene.control(flow, id, "retry", { inputEdits: { amount: 9999 }, patch: { amount: 9999 } });
    const again = await scene.openWaitpoint(id, first.id);
    expect(again.request["changed"]).toEqual([{ path: "input.amount", was: 10, now: 9999 }]);
    expect(await approvals(id)).toEqual(["ask superseded", "ask open"]);
    const { rows } = await scene.database.pool.query(
      "select 1 from waitpoints where run_id = $1 and key = 'hold' and status = 'open'",
      [id],
    );
    expect(rows).toEqual([]);
  },
);

it("H8 a value that the decider of another approval edits is not told under the first one, which is asked again", async () => {
  const flow = await scene.workflow({
    startNodeId: "ask",
    nodes: [ask, { ...ask, id: "second", policy: { editableFields: ["input.amount"] } }, told],
    edges: edges(["ask", "second", "approved"], ["second", "told", "approved"]),
  });
  const id = await startTestRun(scene.worker, flow, { amount: 10 });
  const first = await scene.openWaitpoint(id);
  await scene.resolve(flow.organizationId, first.id, "approved");
  const second = await scene.openWaitpoint(id, first.id);
  await scene.resolve(flow.organizationId, second.id, "approved", { edits: { amount: 9999 } });
  const again = await scene.openWaitpoint(id, second.id);
  expect(again.request["changed"]).toEqual([{ path: "input.amount", was: 10, now: 9999 }]);
  expect((await approvals(id)).at(-1)).toBe("ask open");
  await scene.resolve(flow.organizationId, again.id, "approved");
  const last = await scene.openWaitpoint(id, again.id);
  await scene.resolve(flow.organizationId, last.id, "approved");
  expect(await scene.finished(id)).toMatchObject({ status: "completed", output: { approved: true, amount: 9999 } });
});
