import { beforeAll, expect, it } from "vitest";
import { edge } from "@/server/modules/runs/runs.testkit";
import { asked, manager, scene } from "./decide.testkit";
import { decideApproval, getApproval } from "./service";

beforeAll(async () => {
  await scene.publish("thanked", {
    startNodeId: "ask",
    nodes: [
      { id: "ask", type: "approval", assignTo: "role:manager", timeoutHours: 1, onTimeout: "reject" },
      { id: "yes", type: "end", message: "Bought for ${input.amount}" },
      { id: "no", type: "end", status: "failed", message: "Not now" },
    ],
    edges: [edge("ask", "yes", "approved"), edge("ask", "no", "rejected")],
  });
});

it("F-37 whoever decides is shown what comes of each answer; whoever only looks on, without the values of the run", async () => {
  const { id } = await asked("thanked");
  expect((await getApproval(manager.actor, id)).whatHappensNext).toEqual({
    approved: ["ends the run: “Bought for 42.6”"],
    rejected: ["ends the run as failed: “Not now”"],
    timedOut: ["counts as rejected", "ends the run as failed: “Not now”"],
  });
  expect((await getApproval(scene.north.members.viewer.actor, id)).whatHappensNext).toEqual({
    approved: ["ends the run"],
    rejected: ["ends the run as failed: “Not now”"],
    timedOut: null,
  });
});

it("what is said after the decision is what was shown before it", async () => {
  const { id } = await asked("thanked");
  const { next } = await decideApproval(manager.actor, id, { decision: "approved", via: "ui" });
  expect(next).toEqual(["ends the run: “Bought for 42.6”"]);
});

it("an approval that was asked by an earlier version says what comes of it as well", async () => {
  const { id } = await asked("thanked");
  await scene.database.pool.query("update waitpoints set request = request - 'consequences' where id = $1", [id]);
  expect((await getApproval(manager.actor, id)).whatHappensNext).toMatchObject({ approved: ["ends the run"] });
});

it("A7 an approval that names nothing shows what the run was given, by the titles of its form; a list is no line", async () => {
  await scene.publish("untold", {
    inputSchema: {
      type: "object",
      properties: { email: { type: "string", title: "Who asks" }, orderNumber: { type: "string" } },
    },
    startNodeId: "sum",
    nodes: [
      { id: "sum", type: "transform", name: "Work it out", expression: { total: "${input.amount * 2}" } },
      { id: "ask", type: "approval", assignTo: "role:manager" },
      { id: "yes", type: "end", message: "${step.sum.output.total} for ${input.email}" },
    ],
    edges: [edge("sum", "ask"), edge("ask", "yes", "approved")],
  });
  const { id } = await asked("untold");
  const card = await getApproval(manager.actor, id);
  expect(card.fields).toEqual([
    { label: "Who asks", value: "jane@acme.com" },
    { label: "Amount", value: "42.6" },
  ]);
  expect(card.bound).toEqual(
    expect.arrayContaining([{ path: "input.email", label: "Who asks", value: "jane@acme.com" }]),
  );
  expect(card.steps.map(({ name }) => name)).toContain("Work it out");
});
