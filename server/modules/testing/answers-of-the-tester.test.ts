import { expect, it } from "vitest";
import { listApprovalsFor } from "@/server/modules/approvals/service";
import { countInbox } from "@/server/modules/inbox/service";
import { listRunsFor } from "@/server/modules/runs/service";
import { edge, effect } from "@/server/modules/runs/runs.testkit";
import { startTest, testBench, testQuestion } from "./service";
import { asking, scene } from "./tester.testkit";

it("F-32 an approval of a test asks its tester alone, and is in nobody else's inbox or count", async () => {
  await scene.workflow("asks", asking);
  const before = await countInbox(scene.north.members.operator.actor);
  const run = await scene.test("asks");
  const asked = await scene.waitpoint(run, "ask");
  expect(asked).toMatchObject({
    assignees: [`user:${scene.tester.userId}`],
    request: { test: { insteadOf: ["role:operator"] } },
  });
  expect(await testQuestion(scene.tester.actor, { runId: run, waitpointId: asked.id })).toMatchObject({
    kind: "approval",
    insteadOf: ["Operator"],
    dueAt: asked.due_at?.toISOString(),
  });
  const inbox = async (member: typeof scene.tester) =>
    (await listApprovalsFor(member.actor, { view: "pending", limit: 50, offset: 0 })).items;
  expect(await inbox(scene.tester)).toMatchObject([
    { runId: run, test: true, canDecide: true, workflow: { version: 0 } },
  ]);
  expect((await inbox(scene.north.members.operator)).map((item) => item.runId)).not.toContain(run);
  expect(await countInbox(scene.north.members.operator.actor)).toBe(before);
  await scene.rehearse(run, asked.id, { type: "answer", outcome: "rejected", comment: "Too dear" });
  expect(await scene.ended(run)).toMatchObject({ status: "completed" });
  expect((await scene.steps(run)).get("ask")).toMatchObject({ output: { decision: "rejected", comment: "Too dear" } });
  expect((await scene.steps(run)).get("refused")).toMatchObject({ status: "completed" });
  expect(
    await scene.rows("select action, data->>'rehearsal' as rehearsal from audit_entries where subject_id = $1", [
      asked.id,
    ]),
  ).toEqual([{ action: "approval.rejected", rehearsal: "true" }]);
  const { taken, runs } = await testBench(scene.tester.actor, "asks");
  expect(taken).toContainEqual({ nodeId: "ask", handle: "rejected" });
  expect(taken).not.toContainEqual({ nodeId: "ask", handle: "approved" });
  expect(runs).toMatchObject([{ id: run, test: true, status: "completed" }]);
  const shown = async (test?: boolean) =>
    (await listRunsFor(scene.tester.actor, test === undefined ? {} : { test }, { limit: 200, offset: 0 })).items.map(
      (item) => item.id,
    );
  expect(await shown(false)).not.toContain(run);
  expect(await shown(true)).toContain(run);
});

it("the deadline of an approval and a wait of three days are over as soon as the tester says so", async () => {
  await scene.workflow("late", asking);
  const run = await scene.test("late");
  const asked = await scene.waitpoint(run, "ask");
  expect(asked.due_at?.getTime()).toBeGreaterThan(Date.now() + 2 * 86_400_000);
  await scene.rehearse(run, asked.id, { type: "pass_time" });
  expect(await scene.ended(run)).toMatchObject({ status: "completed" });
  expect((await scene.steps(run)).get("late")).toMatchObject({ status: "completed" });
  expect((await scene.steps(run)).get("ask")).toMatchObject({ output: { decision: "timed_out" } });

  await scene.workflow("sleeps", {
    startNodeId: "sleep",
    nodes: [{ id: "sleep", type: "wait", duration: "P3D" }, effect("after", { path: "/slept" })],
    edges: [edge("sleep", "after")],
  });
  const slept = await scene.test("sleeps");
  const timer = await scene.waitpoint(slept, "sleep");
  await expect(scene.rehearse(slept, timer.id, { type: "answer", outcome: "approved" })).rejects.toThrow(
    "waits for a time",
  );
  await scene.rehearse(slept, timer.id, { type: "pass_time" });
  expect(await scene.ended(slept)).toMatchObject({ status: "completed" });
  expect(scene.called).toContain("/slept");
  await expect(scene.rehearse(slept, timer.id, { type: "pass_time" })).rejects.toThrow(
    "does not wait for this any more",
  );
});

it("forms, handoffs and callbacks are answered as their people and systems would", async () => {
  await scene.workflow("people", {
    startNodeId: "form",
    nodes: [
      {
        id: "form",
        type: "collect_form",
        schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
      },
      { id: "hand", type: "human_handoff", assignTo: "role:operator" },
      { id: "hook", type: "wait", callback: true },
      {
        id: "out",
        type: "output",
        output: {
          city: "${step.form.output.city}",
          how: "${step.hand.output.resolution}",
          paid: "${step.hook.output.paid}",
        },
      },
    ],
    edges: [edge("form", "hand"), edge("hand", "hook"), edge("hook", "out")],
  });
  const run = await scene.test("people");
  const form = await scene.waitpoint(run, "form");
  expect(form.assignees).toEqual([`user:${scene.tester.userId}`]);
  const submit = (values: Record<string, string>) =>
    scene.rehearse(run, form.id, { type: "answer", outcome: "submitted", values });
  await expect(submit({})).rejects.toThrow("not valid");
  await submit({ city: "Oslo" });
  const hand = await scene.waitpoint(run, "hand");
  await scene.rehearse(run, hand.id, { type: "answer", outcome: "refunded", comment: "Called them" });
  const hook = await scene.waitpoint(run, "hook");
  await scene.rehearse(run, hook.id, { type: "answer", outcome: "called", values: { paid: true } });
  expect(await scene.ended(run)).toMatchObject({
    status: "completed",
    output: { city: "Oslo", how: "refunded", paid: true },
  });
});

it("only a test can be rehearsed, and only by somebody who may change the workflow", async () => {
  await scene.publish("real", asking);
  const real = await scene.start("real");
  const asked = await scene.waitpoint(real, "ask");
  await expect(scene.rehearse(real, asked.id, { type: "answer", outcome: "approved" })).rejects.toThrow("real run");
  await expect(scene.rehearse(real, asked.id, { type: "pass_time" })).rejects.toThrow("real run");
  const { operator, approver, viewer } = scene.north.members;
  for (const member of [operator, approver, viewer]) {
    const asks = startTest(member.actor, { slug: "real", input: {}, allowLive: false });
    await expect(asks).rejects.toThrow("workflows:write");
  }
  const south = startTest(scene.south.members.owner.actor, { slug: "real", input: {}, allowLive: false });
  await expect(south).rejects.toThrow("no such workflow");
});
