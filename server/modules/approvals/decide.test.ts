import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readId, showId } from "@/core/ids";
import { rest, type RestAnswer } from "@/server/api/rest/client.testkit";
import { addTestKey, addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { createRunsScene, edge, effect, type RunsScene } from "@/server/modules/runs/runs.testkit";

let scene: RunsScene;
/** Holds the business role the approvals are for. */
let manager: TestMember;

const upgrade = {
  inputSchema: { type: "object", properties: { amount: { type: "number" }, order: { type: "object" } } },
  startNodeId: "ask",
  nodes: [
    {
      id: "ask",
      type: "approval",
      actionLabel: "Manager approval required",
      assignTo: "role:manager",
      timeoutHours: 24,
      context: {
        headline: "Upgrade ${input.email} to Enterprise",
        fields: [
          { label: "Customer", value: "${input.email}" },
          { label: "Action", value: "subscription.upgrade" },
          { label: "Plan Change", value: "Pro → Enterprise" },
          { label: "Amount", value: "USD ${input.amount}/mo prorated" },
        ],
      },
      policy: {
        requesterCannotApprove: true,
        commentRequiredOn: ["rejected"],
        editable: ["input.amount", "input.order.plan"],
      },
      bindFields: ["input.amount"],
    },
    effect("bill", { path: "/bill/${input.amount}/${input.order.plan}/${input.order.id}" }),
  ],
  edges: [edge("ask", "bill", "approved")],
};
const input = { email: "jane@acme.com", amount: 42.6, order: { id: "o1", plan: "pro" } };

beforeAll(async () => {
  scene = await createRunsScene();
  await scene.database.pool.query(
    "insert into business_roles (organization_id, slug, name) values ($1, 'manager', 'Manager')",
    [scene.north.id],
  );
  manager = await addTestMember({
    organizationId: scene.north.id,
    role: "approver",
    email: "kim@north.holdpoint.test",
    businessRoles: ["manager"],
  });
  await scene.publish("upgrade", upgrade);
  await scene.publish("noted", {
    startNodeId: "ask",
    nodes: [
      { id: "ask", type: "approval", assignTo: "role:manager" },
      {
        id: "end",
        type: "end",
        output: { by: "${step.ask.output.decidedBy.name}", for: "${step.ask.output.onBehalfOf}" },
      },
    ],
    edges: [edge("ask", "end", "approved")],
  });
  await scene.publish("plain", { startNodeId: "ask", nodes: [{ id: "ask", type: "approval" }], edges: [] });
});
afterAll(() => scene.close());

const as = (key: string, path: string, body?: object): Promise<RestAnswer> =>
  rest(key, body ? "POST" : "GET", path, body);

async function asked(slug = "upgrade"): Promise<{ runId: string; id: string; approval: RestAnswer["json"] }> {
  const runId = await scene.start(slug, input);
  const { approvals } = await scene.reached(runId, "waiting_approval");
  return { runId, id: approvals[0].id, approval: approvals[0] };
}

describe("an approval on the wire", () => {
  it("F-37 F-38 F-41 A-20 has exactly these fields, in the run, in the list and by any form of its id", async () => {
    const { runId, id, approval } = await asked();
    expect(approval).toEqual({
      id,
      run_id: runId,
      node_id: "ask",
      status: "pending",
      action_label: "Manager approval required",
      headline: "Upgrade jane@acme.com to Enterprise",
      fields: [
        { label: "Customer", value: "jane@acme.com" },
        { label: "Action", value: "subscription.upgrade" },
        { label: "Plan Change", value: "Pro → Enterprise" },
        { label: "Amount", value: "USD 42.6/mo prorated" },
      ],
      assign_to: ["role:manager"],
      changed: [],
      due_at: expect.stringMatching(/Z$/),
      created_at: expect.stringMatching(/Z$/),
      decision: null,
      decided_by: null,
      decided_at: null,
      comment: null,
      decisions_needed: 1,
      first_decision: null,
      undecidable: null,
      approved_before: null,
    });
    const { json } = await as(manager.apiKey, "/api/v1/approvals?status=pending");
    expect(json.approvals).toContainEqual(approval);
    for (const form of [id, showId("approval", id)])
      expect((await as(manager.apiKey, `/api/v1/approvals/${form}`)).json).toEqual(approval);
    expect((await as(scene.south.members.owner.apiKey, `/api/v1/approvals/${id}`)).status).toBe(404);
    expect((await as(scene.south.members.owner.apiKey, "/api/v1/approvals")).json).toEqual({
      approvals: [],
      next_cursor: null,
    });
  });

  it("A-16 A-21 K-30 approving answers 200 with the decision, and the run goes on", async () => {
    const { runId, id } = await asked();
    const shown = `/api/v1/workflows/${showId("run", runId)}/approvals/${showId("approval", id)}/approve`;
    const done = await as(manager.apiKey, shown, { comment: "Fine", message_to_requester: "Enjoy" });
    expect(done).toMatchObject({
      status: 200,
      json: {
        id,
        run_id: runId,
        status: "approved",
        decision: "approved",
        decided_by: "kim",
        decided_at: expect.any(String),
        comment: "Fine",
      },
    });
    await scene.reached(runId, "completed");
    const decided = await as(manager.apiKey, "/api/v1/approvals?status=decided");
    expect(decided.json.approvals[0]).toEqual(done.json);
    const other = await asked();
    expect((await as(manager.apiKey, `/api/v1/workflows/${runId}/approvals/${other.id}/approve`, {})).status).toBe(404);
  });

  it("A-17 A-22 rejecting fails the run with approval_rejected when nothing else is connected", async () => {
    const { runId, id } = await asked();
    expect(await as(manager.apiKey, `/api/v1/approvals/${id}/reject`, {})).toMatchObject({
      status: 422,
      json: { error: { code: "comment_required", details: [{ path: "comment" }] } },
    });
    expect(
      await as(manager.apiKey, `/api/v1/workflows/${runId}/approvals/${id}/reject`, { comment: "Too dear" }),
    ).toMatchObject({ status: 200, json: { status: "rejected", comment: "Too dear" } });
    expect(await scene.reached(runId, "failed")).toMatchObject({ failure_reason: "approval_rejected" });
  });

  it("F-50 without a timeout an approval waits without limit, for operators, and needs no comment", async () => {
    const { id, approval } = await asked("plain");
    expect(approval).toMatchObject({
      status: "pending",
      due_at: null,
      assign_to: ["role:operator"],
      headline: "Approval",
      fields: [],
    });
    const { rows } = await scene.database.pool.query("select due_at, on_due from waitpoints where id = $1", [id]);
    expect(rows).toEqual([{ due_at: null, on_due: null }]);
    expect((await as(scene.north.members.operator.apiKey, `/api/v1/approvals/${id}/reject`, {})).status).toBe(200);
  });

  it("F-50 A-26 lists 50 approvals unless told otherwise", async () => {
    const { runId, id } = await asked("plain");
    await scene.database.pool.query(
      `insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, assignees, request)
       select gen_random_uuid(), organization_id, run_id, workflow_id, key || n, node_id, kind, assignees, request from waitpoints, generate_series(1, 60) n where id = $1`,
      [id],
    );
    const count = async (query: string) =>
      (await as(manager.apiKey, `/api/v1/approvals${query}`)).json.approvals.length;
    expect(await count("")).toBe(50);
    expect(await count("?limit=200")).toBeGreaterThan(60);
    expect(await count("?limit=2&offset=1")).toBe(2);
    await scene.call("POST", `/api/v1/workflows/${runId}/cancel`);
  });
});

describe("authority", () => {
  it("F-34 who asked may not approve, who is not assigned may not either", async () => {
    await scene.database.pool.query("update memberships set business_roles = '{manager}' where user_id = $1", [
      scene.north.members.builder.userId,
    ]);
    const { builder } = scene.north.members;
    const started = await rest(builder.apiKey, "POST", "/api/v1/workflows", { template_id: "upgrade", input });
    const { approvals } = await scene.reached(started.json.id, "waiting_approval");
    const path = `/api/v1/approvals/${approvals[0].id}/approve`;
    expect(await as(builder.apiKey, path, {})).toMatchObject({
      status: 403,
      json: { error: { code: "requester_cannot_approve" } },
    });
    expect(await as(scene.north.members.owner.apiKey, path, {})).toMatchObject({
      status: 403,
      json: { error: { code: "not_an_assignee" } },
    });
    expect(await as(scene.north.members.viewer.apiKey, path, {})).toMatchObject({
      status: 403,
      json: { error: { code: "missing_scope" } },
    });
    expect((await as(manager.apiKey, path, {})).status).toBe(200);
  });

  it("F-38 on_behalf_of needs approvals:decide:any, and is kept in the audit log", async () => {
    const { id } = await asked();
    const path = `/api/v1/approvals/${id}/approve`;
    const body = { on_behalf_of: manager.email };
    expect(await as(manager.apiKey, path, body)).toMatchObject({
      status: 403,
      json: { error: { code: "missing_scope" } },
    });
    expect((await as(manager.apiKey, path, { on_behalf_of: "not an address" })).status).toBe(422);
    const { admin } = scene.north.members;
    const few = await addTestKey(scene.north.id, admin.userId, ["approvals:decide"]);
    expect((await as(few.apiKey, path, body)).status).toBe(403);
    const { owner } = scene.north.members;
    expect(await as(owner.apiKey, path, body)).toMatchObject({
      status: 403,
      json: { error: { code: "requester_cannot_approve" } },
    });
    expect(await as(admin.apiKey, path, { on_behalf_of: owner.email })).toMatchObject({
      status: 403,
      json: { error: { code: "requester_cannot_approve" } },
    });
    expect(await as(admin.apiKey, path, body)).toMatchObject({
      status: 200,
      json: { decided_by: "admin for kim" },
    });
    const { json } = await as(owner.apiKey, `/api/v1/audit?subject_id=${id}`);
    expect(json.entries).toHaveLength(1);
    expect(json.entries[0]).toMatchObject({
      action: "approval.approved",
      actor: { name: "admin", via: "api" },
      subject: { type: "approval", id: readId("approval", id) },
      data: { via: "api", onBehalfOf: { name: "kim", email: manager.email } },
    });
  });

  it("B-10 L6 in whose name it is decided must be a colleague who was asked, and shows wherever the decision does", async () => {
    const { runId, id } = await asked("noted");
    const path = `/api/v1/approvals/${id}/approve`;
    const { admin, viewer, builder } = scene.north.members;
    const inNameOf = (email: string) => as(admin.apiKey, path, { on_behalf_of: email });
    const gone = await addTestMember({
      organizationId: scene.north.id,
      role: "approver",
      email: "gone@north.holdpoint.test",
      businessRoles: ["manager"],
    });
    await scene.database.pool.query("update users set deactivated_at = now() where id = $1", [gone.userId]);
    for (const email of ["nobody@x.test", gone.email, scene.south.members.owner.email])
      expect(await inNameOf(email)).toMatchObject({
        status: 422,
        json: { error: { details: [{ code: "unknown_member", path: "on_behalf_of" }] } },
      });
    await scene.database.pool.query("update memberships set business_roles = '{manager}' where user_id = $1", [
      viewer.userId,
    ]);
    const stranger = await addTestMember({
      organizationId: scene.north.id,
      role: builder.actor.role ?? "builder",
      email: "sam@north.holdpoint.test",
    });
    for (const [email, sentence] of [
      [stranger.email, "sam was not asked"],
      [viewer.email, "viewer may not decide"],
    ] as const)
      expect(await inNameOf(email)).toMatchObject({
        status: 403,
        json: { error: { code: "not_an_assignee", message: expect.stringContaining(sentence) as string } },
      });
    expect(await inNameOf(manager.email.toUpperCase())).toMatchObject({
      status: 200,
      json: { decided_by: "admin for kim" },
    });
    const run = await scene.reached(runId, "completed");
    const kim = { id: manager.userId, name: "kim", email: manager.email };
    expect(run.output).toMatchObject({ by: "admin for kim", for: kim });
    const told = run.events.find(({ type }: { type: string }) => type === "approval.approved");
    expect(told).toMatchObject({ actor: { name: "admin for kim" }, data: { on_behalf_of: kim } });
  });
});

describe("edits while approving", () => {
  it("F-37 change only what the policy allows, and only to what fits the workflow", async () => {
    const { runId, id } = await asked();
    const path = `/api/v1/approvals/${id}/approve`;
    const edit = (edits: object) => as(manager.apiKey, path, { edits });
    expect(await edit({ "input.email": "x@acme.com" })).toMatchObject({
      status: 422,
      json: { error: { details: [{ code: "not_editable", path: "edits.input.email" }] } },
    });
    expect(await edit({ "input.amount": "much" })).toMatchObject({
      status: 422,
      json: { error: { details: [{ code: "invalid_input", path: "edits.input.amount" }] } },
    });
    expect((await as(manager.apiKey, `/api/v1/approvals/${id}/reject`, { comment: "x", edits: {} })).status).toBe(422);
    expect((await edit({ "input.amount": 30, "input.order.plan": "team" })).status).toBe(200);
    await scene.reached(runId, "completed");
    expect(scene.called).toContain("/bill/30/team/o1");
    const { json } = await scene.call("GET", `/api/v1/audit?subject_id=${id}`);
    expect(json.entries[0].data.edits).toEqual({ amount: 30, order: { id: "o1", plan: "team" } });
  });

  it("F-34 F-37 an approval asked again says what changed since", async () => {
    scene.broken.add("/bill/42.6/pro/o1");
    const { runId, id } = await asked();
    await as(manager.apiKey, `/api/v1/approvals/${id}/approve`, {});
    await scene.reached(runId, "failed");
    await scene.call("POST", `/api/v1/workflows/${runId}/retry`, { patch: { amount: 50 } });
    const { approvals } = await scene.reached(runId, "waiting_approval");
    expect(approvals).toMatchObject([
      { id, status: "superseded", decision: "approved", changed: [] },
      { status: "pending", changed: [{ path: "input.amount", was: 42.6, now: 50 }] },
    ]);
    expect(scene.called).not.toContain("/bill/50/pro/o1");
  });
});
