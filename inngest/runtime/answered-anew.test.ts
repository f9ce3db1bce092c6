import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { eventually, readSteps, startTestRun } from "./runtime.testkit";
import { call, createScene, edges, type Scene } from "./scene.testkit";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterAll(() => scene.close());

/** A form in a branch beside the approval; the step behind both sends what was answered. */
const beside = (shows: object, path = "/broken") => ({
  startNodeId: "fork",
  nodes: [
    { id: "fork", type: "transform", expression: {} },
    { id: "form", type: "collect_form", schema: { type: "object", properties: { amount: { type: "number" } } } },
    { id: "gate", type: "collect_form", schema: { type: "object" } },
    { id: "ask", type: "approval", assignTo: "role:manager", ...shows },
    call("pay", path, { body: { amount: "${step.form.output.amount}" }, retry: { maxAttempts: 1 } }),
  ],
  edges: edges(["fork", "form"], ["fork", "gate"], ["gate", "ask"], ["ask", "pay", "approved"], ["form", "pay"]),
});
const bodiesOf = (runId: string) => scene.calls.filter(({ key }) => key.startsWith(runId)).map(({ body }) => body);
/** The question that a step asks now. */
const asked = async (runId: string, key: string) => {
  const found = await eventually(
    async () =>
      (
        await scene.database.pool.query<{ id: string; request: JsonObject }>(
          "select id, request from waitpoints where run_id = $1 and key = $2 and status = 'open'",
          [runId, key],
        )
      ).rows[0],
    (row) => row !== undefined,
  );
  if (!found) throw new Error("no question");
  return found;
};
const say = async (organizationId: string, runId: string, key: string, outcome: string, resolution: JsonObject = {}) =>
  scene.resolve(organizationId, (await asked(runId, key)).id, outcome, resolution);

/** Answered, approved, and failed at the call behind; then somebody has the form answered anew. */
async function answeredAnew(document: ReturnType<typeof beside>, first: JsonObject, second: JsonObject) {
  const flow = await scene.workflow(document);
  const id = await startTestRun(scene.worker, flow, {});
  await say(flow.organizationId, id, "form", "submitted", { values: first });
  await eventually(
    async () => (await readSteps(scene.database.pool, id)).find(({ key }) => key === "form")?.status,
    (status) => status === "completed",
  );
  await say(flow.organizationId, id, "gate", "submitted", { values: {} });
  await say(flow.organizationId, id, "ask", "approved");
  expect((await scene.finished(id))["status"]).toBe("failed");
  expect(bodiesOf(id)).toEqual([JSON.stringify(first)]);
  await scene.control(flow, id, "retry", { supersede: ["form", "pay"], fromStep: "form" });
  await say(flow.organizationId, id, "form", "submitted", { values: second });
  return { flow, id };
}

it.each([
  ["that the card showed", { context: { headline: "Pay ${step.form.output.amount}" } }],
  ["that only the step behind it reads", {}],
])(
  "an answer %s and that is given anew after the approval is approved again before anything is sent",
  async (_what, shows) => {
    const { flow, id } = await answeredAnew(beside(shows), { amount: 50 }, { amount: 999 });
    const again = await asked(id, "ask");
    expect(again.request["changed"]).toEqual([{ path: "step.form.output.amount", was: 50, now: 999 }]);
    expect(bodiesOf(id)).toHaveLength(1);
    await scene.resolve(flow.organizationId, again.id, "approved");
    await scene.finished(id);
    expect(bodiesOf(id)).toEqual(['{"amount":50}', '{"amount":999}']);
    const keys = scene.callsOf(id).filter((key) => key.startsWith("pay"));
    expect(keys[0]).toBe("pay");
    expect(keys[1]).toMatch(/^pay:v[0-9a-f]{8}$/);
  },
);

it("the same answer given again needs no second approval, and is sent under the key that the service knows", async () => {
  const { id } = await answeredAnew(beside({}), { amount: 50 }, { amount: 50 });
  expect((await scene.finished(id))["status"]).toBe("failed");
  expect(scene.callsOf(id)).toEqual(["pay", "pay"]);
});

it("an answer that had not been given when it was approved was no part of the approval", async () => {
  const flow = await scene.workflow(beside({}, "/pay"));
  const id = await startTestRun(scene.worker, flow, {});
  await say(flow.organizationId, id, "gate", "submitted", { values: {} });
  await say(flow.organizationId, id, "ask", "approved");
  await say(flow.organizationId, id, "form", "submitted", { values: { amount: 50 } });
  expect((await scene.finished(id))["status"]).toBe("completed");
  expect(bodiesOf(id)).toEqual(['{"amount":50}']);
});

it("what another approver changes is sent under a key of its own", async () => {
  const flow = await scene.workflow({
    startNodeId: "ask",
    nodes: [
      { id: "ask", type: "approval", assignTo: "role:manager", policy: { editable: ["input.amount"] } },
      call("pay", "/broken", { body: { amount: "${input.amount}" }, retry: { maxAttempts: 1 } }),
    ],
    edges: edges(["ask", "pay", "approved"]),
  });
  const id = await startTestRun(scene.worker, flow, { amount: 50 });
  for (const amount of [40, 30, 30, 40]) {
    await say(flow.organizationId, id, "ask", "approved", { edits: { amount } });
    await scene.finished(id);
    await scene.control(flow, id, "retry", { supersede: ["ask", "pay"], fromStep: "ask" });
  }
  await asked(id, "ask");
  expect(bodiesOf(id)).toEqual([40, 30, 30, 40].map((amount) => JSON.stringify({ amount })));
  const keys = scene.callsOf(id);
  expect(keys).toEqual(["pay", keys[1], keys[1], "pay"]);
  expect(keys[1]).not.toBe("pay");
});
