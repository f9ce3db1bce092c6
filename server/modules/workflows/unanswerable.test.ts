import { expect, it } from "vitest";
import { addTestMember } from "@/server/auth/identity.testkit";
import { useWorkflowBench } from "./workflows.testkit";

const { call, create, north } = useWorkflowBench();

it.each([
  ["form", "viewers", "role:viewer", "nobody who may fill in forms"],
  ["form", "approvers", "role:manager", "nobody who may fill in forms"],
  ["handoff", "approvers", "role:manager", "nobody who may take over conversations"],
  ["approval", "viewers", "role:viewer", "nobody who may decide approvals"],
])("K12 a %s for %s alone does not go live, and says why", async (type, who, assignTo, words) => {
  await addTestMember({ organizationId: north().id, role: "viewer", email: `${type}-${who}@north.holdpoint.test` });
  const slug = `${type}-${who}`;
  await create(slug, {
    spec: { startNodeId: "ask", nodes: [{ id: "ask", type, assignTo, schema: {} }], edges: [] },
    triggers: [{ id: "talk", type: "conversation" }],
  });
  const answer = await call("POST", `/api/workflows/${slug}/publish`);
  expect(answer.status).toBe(422);
  expect(answer.json.error.details).toContainEqual(
    expect.objectContaining({
      code: "no_reachable_approver",
      severity: "error",
      path: "spec.nodes[0].assignTo",
      message: expect.stringContaining(words),
    }),
  );
});
