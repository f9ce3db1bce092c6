import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { eventually, startTestRun, type TestWorkflow } from "./runtime.testkit";
import { call, createScene, edges, type Scene } from "./scene.testkit";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterAll(() => scene.close());

const broken = call("mail", "/broken", { retry: { maxAttempts: 1 } });
const pay = (more: object = {}) => call("pay", "/pay", { body: { amount: "${input.amount}" }, ...more });
const ask = { id: "ask", type: "approval", assignTo: "role:manager" };
const paidOn = (runId: string) =>
  scene.calls
    .filter(({ key, path }) => key.startsWith(runId) && path === "/pay")
    .map(({ key, body }) => [key.slice(runId.length + 1), body]);

/** Approved and paid; what comes after it failed, so that the run can be retried from any of its steps. */
async function paidAndFailed(payStep: object): Promise<{ flow: TestWorkflow; id: string }> {
  const flow = await scene.workflow({
    startNodeId: "ask",
    nodes: [ask, payStep, broken],
    edges: edges(["ask", "pay", "approved"], ["pay", "mail"]),
  });
  const id = await startTestRun(scene.worker, flow, { amount: 50 });
  await scene.resolve(flow.organizationId, (await scene.openWaitpoint(id)).id, "approved");
  expect((await scene.finished(id))["status"]).toBe("failed");
  return { flow, id };
}

it.each([
  ["with the same value given as a correction", { amount: 50 }],
  ["with a correction that it does not read", { note: "x" }],
])("what was paid under an approval is sent again under the same key %s", async (_how, patch: JsonObject) => {
  const { flow, id } = await paidAndFailed(pay());
  for (let round = 0; round < 2; round += 1) {
    await scene.control(flow, id, "retry", { supersede: ["pay", "mail"], fromStep: "pay", inputEdits: patch, patch });
    expect((await scene.finished(id))["status"]).toBe("failed");
  }
  expect(paidOn(id)).toEqual(Array.from({ length: 3 }, () => ["pay", '{"amount":50}']));
});

it("one approval pays once: an answer behind it that is given anew with something else has it asked again", async () => {
  const flow = await scene.workflow({
    startNodeId: "ask",
    nodes: [
      ask,
      { id: "form", type: "collect_form", schema: { type: "object", properties: { to: { type: "string" } } } },
      call("pay", "/pay", { body: { to: "${step.form.output.to}" } }),
      broken,
    ],
    edges: edges(["ask", "form", "approved"], ["form", "pay"], ["pay", "mail"]),
  });
  const id = await startTestRun(scene.worker, flow, {});
  const first = await scene.openWaitpoint(id);
  await scene.resolve(flow.organizationId, first.id, "approved");
  const form = await scene.openWaitpoint(id, first.id);
  await scene.resolve(flow.organizationId, form.id, "submitted", { values: { to: "jane" } });
  await scene.finished(id);
  await scene.control(flow, id, "retry", { supersede: ["form", "pay", "mail"], fromStep: "form" });
  const anew = await scene.openWaitpoint(id, form.id);
  await scene.resolve(flow.organizationId, anew.id, "submitted", { values: { to: "mallory" } });
  const again = await scene.openWaitpoint(id, anew.id);
  expect(again.key).toBe("ask");
  expect(again.request["changed"]).toEqual([{ path: "step.form.output.to", was: "jane", now: "mallory" }]);
  expect(paidOn(id)).toEqual([["pay", '{"to":"jane"}']]);
  await scene.resolve(flow.organizationId, again.id, "approved");
  const third = await scene.openWaitpoint(id, again.id);
  await scene.resolve(flow.organizationId, third.id, "submitted", { values: { to: "mallory" } });
  await scene.finished(id);
  expect(paidOn(id).map(([, body]) => body)).toEqual(['{"to":"jane"}', '{"to":"mallory"}']);
});

it("a step that no service tells apart is done once under one approval", async () => {
  const { flow, id } = await paidAndFailed(pay({ repeatable: "unsafe" }));
  await scene.control(flow, id, "retry", { supersede: ["pay", "mail"], fromStep: "pay" });
  const again = await scene.openWaitpoint(id);
  expect(again.key).toBe("ask");
  expect(paidOn(id)).toHaveLength(1);
  await scene.resolve(flow.organizationId, again.id, "approved");
  await eventually(
    () => Promise.resolve(paidOn(id)),
    (paid) => paid.length === 2,
  );
});
