import { afterAll, beforeAll, expect, it } from "vitest";
import { createRunsScene, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { askBack, decideApproval, getApproval } from "@/server/modules/approvals/service";
import { decisionEvidence } from "@/server/modules/evidence/pack";
import { asking, key, live, ours } from "./rules.testkit";
import { removeRule } from "./service";

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
  await live(scene.north.members.owner.actor);
  await scene.publish("buy", asking);
});
afterAll(() => scene.close());

const asked = async (amount: string, site = "Lyon") => {
  const runId = await scene.start("buy", { amount, site });
  const { approvals } = await scene.reached(runId, "waiting_approval");
  return { runId, id: String(approvals[0].id), approval: approvals[0] };
};
const owner = () => scene.north.members.owner.actor;

it("row 26 a change of the table needs no publish of the workflow, and what was asked keeps its version for good", async () => {
  const first = await asked("€500");
  expect(first.approval).toMatchObject({
    assign_to: ["role:approver"],
    rule: {
      table: "spend",
      version: 1,
      row: 1,
      sentence: "Asked by the rule “Spend”, version 1: amount up to €1,000",
    },
  });
  const [, ...others] = ours.rows;
  const stricter = { when: ours.rows[0]?.when ?? {}, assignTo: ["role:owner"], note: "Since the audit." };
  expect(await live(owner(), { ...ours, rows: [stricter, ...others] })).toBe(2);
  const second = await asked("€500");
  expect(second.approval).toMatchObject({
    assign_to: ["role:owner"],
    rule: { version: 2, row: 1, note: "Since the audit." },
  });
  const { approver } = scene.north.members;
  await askBack(approver.actor, first.id, "What for?");
  expect(await getApproval(approver.actor, first.id)).toMatchObject({
    rule: { version: 1 },
    assignRefs: ["role:approver"],
  });
  await expect(decideApproval(approver.actor, second.id, { decision: "approved", via: "ui" })).rejects.toMatchObject({
    code: "not_an_assignee",
  });
  expect(await live(owner())).toBe(3);
});

it("the record, the run and the evidence say why these people were asked", async () => {
  const { id } = await asked("12000 EUR");
  const { owner: boss, admin } = scene.north.members;
  const sentence = "Asked by the rule “Spend”, version 3: amount over €10,000 and site Lyon";
  // Whoever began it is the owner, who may not decide it under the row's four eyes.
  await expect(decideApproval(boss.actor, id, { decision: "approved", via: "api" })).rejects.toMatchObject({
    code: "requester_cannot_approve",
  });
  await decideApproval(admin.actor, id, { decision: "approved", via: "api" });
  expect(await getApproval(admin.actor, id)).toMatchObject({ status: "approved", rule: { sentence } });
  const cheap = await asked("€20");
  await decideApproval(scene.north.members.approver.actor, cheap.id, { decision: "approved", via: "api" });
  await scene.reached(cheap.runId, "completed");
  const { json } = await scene.call("GET", `/api/v1/runs/${cheap.runId}`);
  expect(JSON.stringify(json)).toContain("Asked by the rule “Spend”, version 3: amount up to €1,000");
  expect((await decisionEvidence(boss.actor, id)).decisions[0]).toMatchObject({ asked: { rule: sentence } });
});

it("a value that is missing goes to the last row, never to whoever may decide less", async () => {
  const { approval } = await asked("500 USD");
  expect(approval).toMatchObject({ assign_to: ["role:owner"], rule: { row: null } });
});

it("a table that a live workflow asks by is not removed; another organization finds none", async () => {
  await expect(removeRule(owner(), key)).rejects.toMatchObject({
    code: "conflict",
    message: "“buy” asks by this table. Have them name people, or another table, and publish them first.",
  });
  await expect(removeRule(scene.south.members.owner.actor, key)).rejects.toMatchObject({ code: "not_found" });
});

it("a workflow that asks by no live table, or does not say what it asks, is not published", async () => {
  const node = asking.nodes[0];
  const publish = async (slug: string, rules: object) => {
    await scene.call("POST", "/api/workflows", { slug, name: slug, spec: { ...asking, nodes: [{ ...node, rules }] } });
    return (await scene.call("POST", `/api/workflows/${slug}/publish`)).json.error;
  };
  expect(await publish("lost", { table: "spent", values: node?.rules.values })).toMatchObject({
    code: "publish_blocked",
    details: expect.arrayContaining([expect.objectContaining({ code: "unknown_rule_table" })]) as unknown,
  });
  expect(await publish("short", { table: key, values: { amount: "1 EUR" } })).toMatchObject({
    message: expect.stringContaining("asks for Site") as string,
  });
});
