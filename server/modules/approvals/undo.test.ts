import { describe, expect, it } from "vitest";
import type { Json } from "@/core/json";
import { countInbox, listInbox } from "@/server/modules/inbox/service";
import { runStore } from "@/server/modules/runs/service";
import { sweepRuns } from "@/server/modules/runs/sweep-store";
import { as, asked, manager, scene } from "./decide.testkit";
import { decideApproval, undoDecision } from "./service";

const decide = (id: string, decision: "approved" | "rejected" = "approved") =>
  decideApproval(manager.actor, id, { decision, via: "ui", ...(decision === "rejected" && { comment: "No" }) });
const sql = async (text: string, values: unknown[]) => (await scene.database.pool.query(text, values)).rows;
/** Lets the time to take it back be over, and what is due happen. */
async function overNow(id: string): Promise<Json> {
  await sql("update waitpoints set effective_at = now() where id = $1", [id]);
  return runStore().decisionDue({ id, org: scene.north.id });
}
const actionsOf = async (id: string): Promise<string[]> =>
  (await sql("select action from audit_entries where subject_id = $1 order by id", [id])).map(({ action }) =>
    String(action),
  );

describe("A5 a decision on a page can be taken back for a moment", () => {
  it("stands there at once, leaves the inbox, and nothing follows from it until it counts", async () => {
    const { id, runId } = await asked();
    const before = await countInbox(manager.actor);
    const given = await decide(id);
    expect(given).toMatchObject({ status: "approved", decidedBy: { name: manager.actor.name }, canDecide: false });
    expect(Date.parse(given.undoUntil ?? "")).toBeGreaterThan(Date.parse(given.decidedAt ?? ""));
    expect(await countInbox(manager.actor)).toBe(before - 1);
    const { items } = await listInbox(manager.actor, { view: "pending", search: "", limit: 200, offset: 0 });
    expect(items.map((item) => item.id)).not.toContain(id);
    expect((await as(manager.apiKey, `/api/v1/approvals/${id}`)).json).toMatchObject({
      status: "approved",
      decided_by: manager.actor.name,
    });
    expect((await scene.call("GET", `/api/v1/runs/${runId}`)).json.status).toBe("waiting_approval");
    expect(await actionsOf(id)).toEqual([]);
    expect(await overNow(id)).toMatchObject({ ok: true });
    await scene.reached(runId, "completed");
    expect(await actionsOf(id)).toEqual(["approval.approved"]);
    expect((await as(manager.apiKey, `/api/v1/approvals/${id}`)).json.decided_at).toBe(given.decidedAt);
  });

  it("taken back it waits again, for whoever may decide, and the record tells it", async () => {
    const { id, runId } = await asked();
    await decide(id, "rejected");
    await undoDecision(manager.actor, id);
    expect(await overNow(id)).toMatchObject({ ok: false, reason: "not_due" });
    await expect(undoDecision(manager.actor, id)).rejects.toMatchObject({ code: "conflict" });
    expect((await as(manager.apiKey, `/api/v1/approvals/${id}`)).json).toMatchObject({
      status: "pending",
      comment: null,
    });
    const events = (await scene.call("GET", `/api/v1/runs/${runId}/events`)).json.events as { type: string }[];
    expect(events.map(({ type }) => type)).toContain("approval.taken_back");
    await decide(id, "approved");
    await overNow(id);
    await scene.reached(runId, "completed");
    expect(await actionsOf(id)).toEqual(["approval.taken_back", "approval.approved"]);
  });

  it("counts by itself when its time is over, whoever closed the page", async () => {
    const { id, runId } = await asked();
    await decide(id);
    await scene.reached(runId, "completed");
    expect(await actionsOf(id)).toEqual(["approval.approved"]);
  });

  it("nobody else takes it back, decides beside it, or gives it to others", async () => {
    const { id } = await asked();
    const { admin } = scene.north.members;
    await decide(id);
    await expect(undoDecision(admin.actor, id)).rejects.toMatchObject({ code: "conflict" });
    await expect(undoDecision(scene.south.members.owner.actor, id)).rejects.toMatchObject({ code: "not_found" });
    const second = await as(manager.apiKey, `/api/v1/approvals/${id}/reject`, { comment: "No" });
    expect(second.status).toBe(409);
    expect(second.json.error).toMatchObject({ code: "approval_already_decided" });
    const moved = await as(admin.apiKey, `/api/v1/approvals/${id}/reassign`, { assign_to: ["role:owner"] });
    expect(moved.status).toBe(409);
    await undoDecision(manager.actor, id);
  });

  it("who is no member any more when it would count decided nothing: it lapses, and waits again", async () => {
    const { id } = await asked();
    await decide(id);
    await sql("update users set deactivated_at = now() where id = $1", [manager.userId]);
    expect(await overNow(id)).toMatchObject({ ok: false });
    await sql("update users set deactivated_at = null where id = $1", [manager.userId]);
    expect(await actionsOf(id)).toContain("approval.lapsed");
    expect((await as(manager.apiKey, `/api/v1/approvals/${id}`)).json.status).toBe("pending");
  });

  it("a run that is cancelled meanwhile stays cancelled", async () => {
    const { id, runId } = await asked();
    await decide(id);
    expect((await scene.call("POST", `/api/v1/runs/${runId}/cancel`, {})).status).toBe(200);
    expect(await overNow(id)).toMatchObject({ ok: false });
    expect((await as(manager.apiKey, `/api/v1/approvals/${id}`)).json.status).toBe("cancelled");
    expect(await actionsOf(id)).toContain("approval.lapsed");
  });

  it("the time of the question does not run out over a decision that was given in time", async () => {
    const { id, runId } = await asked();
    await decide(id);
    await sql("update waitpoints set due_at = now() - interval '1 s' where id = $1", [id]);
    await runStore().wake(runId);
    await scene.reached(runId, "completed");
    expect(await actionsOf(id)).toEqual(["approval.approved"]);
  });

  it("its event was lost: it counts all the same", async () => {
    const { id, runId } = await asked();
    await decide(id);
    await sql("delete from event_outbox where data->>'waitpointId' = $1", [id]);
    await sql("update waitpoints set effective_at = now() - interval '4 s' where id = $1", [id]);
    expect((await sweepRuns(scene.database.pool)).woken).toBe(1);
    await scene.reached(runId, "completed");
  });

  it("decided, taken back, decided over the API and cancelled in one moment: one outcome, and nothing is left open", async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 40; round += 1) {
      const { id, runId } = await asked();
      const tries: (() => Promise<unknown>)[] = [
        () => decide(id).then(() => overNow(id)),
        () => undoDecision(manager.actor, id),
        () => as(manager.apiKey, `/api/v1/approvals/${id}/reject`, { comment: "No" }),
        () => (round % 3 === 0 ? scene.call("POST", `/api/v1/runs/${runId}/cancel`, {}) : Promise.resolve()),
        () => overNow(id),
      ];
      for (let turn = round % tries.length; turn > 0; turn -= 1) tries.push(tries.shift() as () => Promise<unknown>);
      await Promise.allSettled(tries.map((attempt) => attempt()));
      const { status } = (await as(manager.apiKey, `/api/v1/approvals/${id}`)).json;
      outcomes.add(String(status));
      const [row] = await sql("select status, given_decision from waitpoints where id = $1", [id]);
      // Taken back, it is open again, as it should be.
      if (status === "pending") await as(manager.apiKey, `/api/v1/approvals/${id}/approve`, {});
      else expect(row?.["given_decision"]).toBeNull();
      const decided = (await actionsOf(id)).filter((action) => /\.(approved|rejected|timed_out)$/.test(action));
      expect(decided.length).toBeLessThanOrEqual(1);
      if (status !== "cancelled") expect(decided).toHaveLength(1);
    }
    expect(outcomes.size).toBeGreaterThan(1);
  });
});
