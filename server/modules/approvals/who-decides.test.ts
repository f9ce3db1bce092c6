import { describe, expect, it } from "vitest";
import { readId } from "@/core/ids";
import { rest } from "@/server/api/rest/client.testkit";
import { addTestKey, addTestMember } from "@/server/auth/identity.testkit";
import { as, asked, input, manager, scene } from "./decide.testkit";

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
