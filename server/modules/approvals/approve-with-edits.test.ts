import { describe, expect, it } from "vitest";
import { as, asked, manager, scene } from "./decide.testkit";
import { decideApproval, getApproval } from "./service";

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

  it("A16 A31 whoever decides is shown what may be changed, with its schema, and that the run is paused; others are not", async () => {
    const { runId, id } = await asked();
    expect(await getApproval(manager.actor, id)).toMatchObject({
      isPaused: false,
      // The form does not say what an order holds, so its plan is changed over the API alone.
      editable: [{ path: "input.amount", label: "Amount", schema: { type: "number" }, value: 42.6 }],
    });
    for (const { actor } of [scene.north.members.viewer, scene.north.members.owner])
      expect((await getApproval(actor, id)).editable).toEqual([]);
    expect((await scene.call("POST", `/api/v1/workflows/${runId}/pause`, {})).status).toBe(200);
    expect((await getApproval(manager.actor, id)).isPaused).toBe(true);
    await expect(
      decideApproval(manager.actor, id, { decision: "rejected", comment: "No", edits: { amount: 1 }, via: "ui" }),
    ).rejects.toMatchObject({ code: "validation_failed" });
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
