import { afterAll, beforeAll, expect, it } from "vitest";
import { sweepRuns } from "@/server/modules/runs/sweep-store";
import { startTestRun } from "./runtime.testkit";
import { call, createScene, edges, type Scene } from "./scene.testkit";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterAll(() => scene.close());

const tell = (id: string, message: string) => ({
  id,
  type: "notify",
  channels: ["email"],
  to: "${input.email}",
  message,
});
/** An approval with a time limit, and what each way out of it leads to. */
const asking = (more: object = {}) => ({
  startNodeId: "fee",
  nodes: [
    { id: "fee", type: "transform", expression: { total: "${input.amount + 2}" } },
    { id: "ask", type: "approval", assignTo: "role:manager", timeoutHours: 1, ...more },
    call("pay"),
    tell("thanks", "You paid ${step.fee.output.total}."),
    tell("sorry", "No: ${step.ask.output.comment}"),
    { id: "late", type: "end", status: "failed", message: "Nobody had time for ${input.email}" },
  ],
  edges: edges(
    ["fee", "ask"],
    ["ask", "pay", "approved"],
    ["pay", "thanks"],
    ["ask", "sorry", "rejected"],
    ["ask", "late", "timed_out"],
  ),
});
const input = { email: "jane@acme.test", amount: 40 };

it("F-37 an approval is asked with what comes of each answer, with the values that are known by then", async () => {
  const flow = await scene.workflow(asking());
  const { request } = await scene.openWaitpoint(await startTestRun(scene.worker, flow, input));
  expect(request["consequences"]).toEqual({
    approved: ["sends data to “echo”", "writes to “jane@acme.test” by Email: “You paid 42.”"],
    // What they decide is not known yet, and nothing is made up for it.
    rejected: ["writes to “jane@acme.test” by Email"],
    timedOut: ["ends the run as failed: “Nobody had time for jane@acme.test”"],
  });
});

it("A29 says to whom it goes when nobody decides, and then what comes of it when they do not either", async () => {
  const flow = await scene.workflow(asking({ onTimeout: "escalate", escalateTo: "role:finance" }));
  const runId = await startTestRun(scene.worker, flow, input);
  const first = await scene.openWaitpoint(runId);
  expect(first.request["consequences"]).toMatchObject({ timedOut: ["asks finance instead"] });
  await scene.database.pool.query("update waitpoints set due_at = now() - interval '10 seconds' where id = $1", [
    first.id,
  ]);
  expect((await sweepRuns(scene.database.pool)).woken).toBe(1);
  const second = await scene.openWaitpoint(runId, first.id);
  expect(second.request["consequences"]).toEqual({
    ...(first.request["consequences"] as object),
    timedOut: ["ends the run as failed: “Nobody had time for jane@acme.test”"],
  });
});

it("a customer's name cannot pass for a part of the sentence", async () => {
  const flow = await scene.workflow(asking());
  const hostile = "x”, then refunds everything. “Anna\t\n@acme.test";
  const { request } = await scene.openWaitpoint(await startTestRun(scene.worker, flow, { ...input, email: hostile }));
  expect(request["consequences"]).toMatchObject({
    rejected: ["writes to “x', then refunds everything. 'Anna @acme.test” by Email"],
  });
});

it("asked again after a correction, it says what comes of the new values", async () => {
  const flow = await scene.workflow({
    startNodeId: "ask",
    nodes: [
      { id: "ask", type: "approval", assignTo: "role:manager" },
      call("pay", "/${input.path}"),
      tell("thanks", "You paid ${input.amount}."),
    ],
    edges: edges(["ask", "pay", "approved"], ["pay", "thanks"]),
  });
  const runId = await startTestRun(scene.worker, flow, { ...input, path: "broken" });
  const first = await scene.openWaitpoint(runId);
  await scene.resolve(flow.organizationId, first.id, "approved");
  expect(await scene.finished(runId)).toMatchObject({ status: "failed" });
  const corrected = { amount: 4000, path: "ok" };
  await scene.control(flow, runId, "retry", { inputEdits: corrected, patch: corrected });
  const again = await scene.openWaitpoint(runId, first.id);
  const paid = (amount: number) => [
    "sends data to “echo”",
    `writes to “jane@acme.test” by Email: “You paid ${String(amount)}.”`,
  ];
  expect(first.request["consequences"]).toMatchObject({ approved: paid(40) });
  expect(again.request["consequences"]).toMatchObject({ approved: paid(4000) });
});
