import { afterAll, beforeAll, beforeEach } from "vitest";
import { newId } from "@/core/ids";
import { insertWorkflow, startTestRun } from "@/inngest/runtime/runtime.testkit";
import {
  addTestMember,
  createTestOrganization,
  type TestMember,
  type TestOrganization,
} from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { runStore } from "@/server/modules/runs/service";
import type { TestDatabase } from "@/tests/database";

// Importing this sets it up: every test file has modules of its own, and so a scene of its own.
export let database: TestDatabase;
export let north: TestOrganization;
let count = 0;

beforeAll(async () => {
  database = await useTestDatabase();
});

afterAll(() => database.close());

beforeEach(async () => {
  north = await createTestOrganization(`north-${String((count += 1))}`);
  await database.pool.query(
    "insert into business_roles (organization_id, slug, name) values ($1, 'checker', 'Checker')",
    [north.id],
  );
});

export const query = async <T extends object>(text: string, values: unknown[] = []) =>
  (await database.pool.query<T>(text, values)).rows;

export const checker = (name: string, role: "owner" | "approver" | "viewer" = "approver"): Promise<TestMember> =>
  addTestMember({
    organizationId: north.id,
    role,
    email: `${name}-${String(count)}@north.holdpoint.test`,
    businessRoles: ["checker"],
  });

/** What a run asks, as its driver leaves it. The workflow is its organization's owner's. */
export async function ask(facts: {
  of?: string[];
  kind?: string;
  request?: object;
  fourEyes?: boolean;
  startedBy?: string | null;
  test?: boolean;
  conversation?: string;
}): Promise<{ id: string; runId: string }> {
  const flow = await insertWorkflow(
    database.pool,
    { startNodeId: "ask", nodes: [{ id: "ask", type: "approval" }], edges: [] },
    { organizationId: north.id },
  );
  await query("update workflows set owner_id = $2 where id = $1", [flow.workflowId, north.members.builder.userId]);
  const runId = await startTestRun({ store: runStore() }, flow);
  await query("update runs set initiated_by = $2, test = $3, conversation_id = $4 where id = $1", [
    runId,
    facts.startedBy ?? null,
    facts.test ?? false,
    facts.conversation ?? null,
  ]);
  const id = newId();
  const { of = ["role:checker"], kind = "approval", fourEyes = false, request = {} } = facts;
  await query(
    "insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, assignees, request) values ($1, $2, $3, $4, 'ask', 'ask', $5, $6, $7)",
    [id, north.id, runId, flow.workflowId, kind, of, { policy: { requesterCannotApprove: fourEyes }, ...request }],
  );
  return { id, runId };
}

export const deactivate = (member: TestMember) =>
  query("update users set deactivated_at = now() where id = $1", [member.userId]);

export const reactivate = (member: TestMember) =>
  query("update users set deactivated_at = null where id = $1", [member.userId]);
