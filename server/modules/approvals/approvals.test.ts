import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { insertWorkflow, startTestRun } from "@/inngest/runtime/runtime.testkit";
import { rest } from "@/server/api/rest/client.testkit";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { runStore } from "@/server/modules/runs/service";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  south = await createTestOrganization("south");
});
afterAll(() => database.close());

/** A run with an open approval, as its driver leaves it. */
async function openApproval(policy: object = {}): Promise<{ id: string; runId: string }> {
  const flow = await insertWorkflow(
    database.pool,
    { startNodeId: "ask", nodes: [{ id: "ask", type: "approval", assignTo: "role:owner" }], edges: [] },
    { organizationId: north.id },
  );
  const runId = await startTestRun({ store: runStore() }, flow);
  const id = newId();
  await database.pool.query(
    "insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, assignees, request) values ($1, $2, $3, $4, 'ask', 'ask', 'approval', '{role:owner}', $5)",
    [id, north.id, runId, flow.workflowId, JSON.stringify({ actionLabel: "Go on?", policy })],
  );
  return { id, runId };
}
const decide = (key: string, id: string, verb: string, body: object = {}) =>
  rest(key, "POST", `/api/v1/approvals/${id}/${verb}`, body);

it("F-38 A-16 A-17 of 200 decisions at once one counts, and 199 are told politely who was first", async () => {
  const { id } = await openApproval();
  const key = north.members.owner.apiKey;
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) => decide(key, id, index % 2 === 0 ? "approve" : "reject")),
  );
  const won = answers.filter(({ status }) => status === 200);
  expect(won).toHaveLength(1);
  const lost = answers.filter(({ status }) => status === 409);
  expect(lost).toHaveLength(199);
  for (const { json } of lost) {
    expect(json.error).toMatchObject({
      code: "approval_already_decided",
      decision: won[0]?.json.decision,
      decided_by: "owner",
      decided_at: won[0]?.json.decided_at,
    });
  }
  const { rowCount } = await database.pool.query("select 1 from audit_entries where subject_id = $1", [id]);
  expect(rowCount).toBe(1);
});

it("A-16 authority: another organization 404, not an assignee 403, a missing comment 422", async () => {
  const { id, runId } = await openApproval({ commentRequiredOn: ["rejected"] });
  expect((await decide(south.members.owner.apiKey, id, "approve")).status).toBe(404);
  expect(await decide(north.members.operator.apiKey, id, "approve")).toMatchObject({
    status: 403,
    json: { error: { code: "not_an_assignee" } },
  });
  expect(await decide(north.members.owner.apiKey, id, "reject")).toMatchObject({
    status: 422,
    json: { error: { code: "comment_required" } },
  });
  expect(
    await rest(north.members.owner.apiKey, "POST", `/api/v1/workflows/${runId}/approvals/${id}/reject`, {
      comment: "no",
    }),
  ).toMatchObject({ status: 200, json: { id, status: "rejected", comment: "no" } });
});
