import { describe, expect, it } from "vitest";
import { showId } from "@/core/ids";
import { as, asked, manager, scene } from "./decide.testkit";

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
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      assign_to: ["role:manager"],
      rule: null,
      changed: [],
      due_at: expect.stringMatching(/Z$/),
      counts_by: null,
      created_at: expect.stringMatching(/Z$/),
      decision: null,
      decided_by: null,
      decided_at: null,
      comment: null,
      decisions_needed: 1,
      quorum: "any",
      votes: [],
      delegations: [],
      questions: [],
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
