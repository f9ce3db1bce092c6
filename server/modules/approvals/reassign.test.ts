import { afterAll, beforeAll, expect, it } from "vitest";
import { showId } from "@/core/ids";
import { rest } from "@/server/api/rest/client.testkit";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { createRunsScene, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { listUndecidable } from "./service";

let scene: RunsScene;
let only: TestMember;

beforeAll(async () => {
  scene = await createRunsScene();
  await sql("insert into business_roles (organization_id, slug, name) values ($1, 'manager', 'Manager')", [
    scene.north.id,
  ]);
  only = await addTestMember({
    organizationId: scene.north.id,
    role: "approver",
    email: "only@north.holdpoint.test",
    businessRoles: ["manager"],
  });
  for (const [slug, fourEyes] of [
    ["refund", false],
    ["strict", true],
  ] as const)
    await scene.publish(slug, {
      startNodeId: "ask",
      nodes: [{ id: "ask", type: "approval", assignTo: "role:manager", policy: { requesterCannotApprove: fourEyes } }],
      edges: [],
    });
  await sql("update workflows set owner_id = $1 where slug in ('refund', 'strict')", [
    scene.north.members.operator.userId,
  ]);
});
afterAll(() => scene.close());

const sql = async (text: string, values: unknown[]) => (await scene.database.pool.query(text, values)).rows;
const user = (member: TestMember) => `user:${showId("user", member.userId)}`;
const give = (member: TestMember, id: string, assignTo: string[], reason?: string) =>
  rest(member.apiKey, "POST", `/api/v1/approvals/${id}/reassign`, {
    assign_to: assignTo,
    ...(reason === undefined ? {} : { reason }),
  });

async function asked(slug: string, starter: TestMember = scene.north.members.owner) {
  const started = await rest(starter.apiKey, "POST", "/api/v1/runs", { template_id: slug, input: {} });
  const run = await scene.reached(started.json.id, "waiting_approval");
  return { runId: run.id as string, id: run.approvals[0].id as string };
}

it("K12 what nobody can decide is told where it is read, given to somebody else, and decided by them", async () => {
  const { admin, operator, builder, viewer } = scene.north.members;
  const { id, runId } = await asked("refund");
  await sql("update users set deactivated_at = now() where id = $1", [only.userId]);
  const left = { since: expect.stringMatching(/^\d{4}-.*Z$/) as string, why: "nobody_left" };
  expect((await rest(viewer.apiKey, "GET", `/api/v1/approvals/${id}`)).json.undecidable).toEqual(left);
  const run = await rest(viewer.apiKey, "GET", `/api/v1/runs/${runId}`);
  expect(run.json.steps[0].waiting.undecidable).toEqual(left);
  for (const [member, seen] of [
    [admin, 1],
    [operator, 1],
    [builder, 0],
    [scene.south.members.owner, 0],
  ] as const)
    expect(await listUndecidable(member.actor)).toHaveLength(seen);
  expect((await give(builder, id, ["role:operator"])).json.error.code).toBe("forbidden");
  expect((await give(admin, id, ["user:nobody"])).json.error).toMatchObject({
    code: "validation_failed",
    details: [{ path: "assign_to[0]" }],
  });
  expect((await give(admin, id, ["role:viewer"])).json.error.details[0].code).toBe("no_reachable_approver");
  const given = await give(operator, id, [user(builder)], "Max has left");
  expect(given).toMatchObject({
    status: 200,
    json: { assign_to: [`user:${builder.userId}`], undecidable: null, status: "pending" },
  });
  expect(await listUndecidable(admin.actor)).toEqual([]);
  const events = (await rest(admin.apiKey, "GET", `/api/v1/runs/${runId}/events?limit=100`)).json.events as {
    type: string;
    data: object;
    actor: object;
  }[];
  expect(events.filter(({ type }) => type.startsWith("approval.")).map(({ type }) => type)).toEqual([
    "approval.requested",
    "approval.undecidable",
    "approval.reassigned",
    "approval.decidable",
  ]);
  expect(events.find(({ type }) => type === "approval.reassigned")).toMatchObject({
    actor: { name: "operator" },
    data: { name: "Approval", from: ["Manager"], to: ["builder"], comment: "Max has left" },
  });
  expect(
    await sql(
      "select data->'reason' as reason from audit_entries where subject_id = $1 and action = 'approval.reassigned'",
      [id],
    ),
  ).toEqual([{ reason: "Max has left" }]);
  expect((await rest(scene.north.members.approver.apiKey, "POST", `/api/v1/approvals/${id}/approve`, {})).status).toBe(
    403,
  );
  expect((await rest(builder.apiKey, "POST", `/api/v1/approvals/${id}/approve`, {})).status).toBe(200);
  expect((await give(admin, id, ["role:owner"])).json.error.code).toBe("approval_already_decided");
  expect((await give(scene.south.members.owner, id, ["role:owner"])).status).toBe(404);
  await sql("update users set deactivated_at = null where id = $1", [only.userId]);
});

it("K12 who asked for it neither gives nor gets it under four eyes, and an owner does not get what was not theirs", async () => {
  const { admin, owner, operator } = scene.north.members;
  const { id } = await asked("strict", owner);
  expect((await give(owner, id, [user(admin)])).json.error.code).toBe("requester_cannot_approve");
  expect((await give(admin, id, [user(owner)])).json.error.code).toBe("requester_cannot_approve");
  expect((await give(admin, id, ["role:owner"])).json.error.details[0].code).toBe("no_reachable_approver");
  expect((await give(operator, id, [user(operator)])).json.error.code).toBe("forbidden");
  expect((await rest(admin.apiKey, "GET", `/api/v1/approvals/${id}`)).json.assign_to).toEqual(["role:manager"]);
  expect((await give(admin, id, ["role:owner", user(admin)])).status).toBe(200);
  expect((await rest(owner.apiKey, "POST", `/api/v1/approvals/${id}/approve`, {})).json.error.code).toBe(
    "requester_cannot_approve",
  );
  expect((await rest(admin.apiKey, "POST", `/api/v1/approvals/${id}/approve`, {})).status).toBe(200);
});

it("K12 is found in the commit that asks, after the line that says it was asked", async () => {
  await sql("update memberships set business_roles = '{}' where user_id = $1", [only.userId]);
  const { runId } = await asked("refund");
  const events = (await scene.call("GET", `/api/v1/runs/${runId}/events?limit=100`)).json.events as {
    type: string;
    seq: number;
  }[];
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.slice(-2).map(({ type }) => type)).toEqual(["approval.requested", "approval.undecidable"]);
  await sql("update memberships set business_roles = '{manager}' where user_id = $1", [only.userId]);
});

it("K17 a run shows up to a hundred open and the latest hundred other approvals, and counts the rest", async () => {
  const { runId, id } = await asked("refund");
  await sql(
    `insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, status, assignees, request, created_at, resolved_at)
     select gen_random_uuid(), organization_id, run_id, workflow_id, 'ask[' || n || ']', node_id, kind,
       case when n <= 150 then 'resolved' else 'open' end, assignees, request, now() + n * interval '1 second', now()
     from waitpoints, generate_series(1, 270) n where id = $1`,
    [id],
  );
  const { json } = await scene.call("GET", `/api/v1/runs/${runId}`);
  const statuses = (json.approvals as { status: string }[]).map(({ status }) => status);
  expect([statuses.length, statuses.filter((status) => status === "pending").length, json.more_approvals]).toEqual([
    200, 100, 71,
  ]);
});
