import { beforeEach, describe, expect, it } from "vitest";
import type { TestMember } from "@/server/auth/identity.testkit";
import { getApproval, undoDecision } from "@/server/modules/approvals/service";
import { ask, checker, north, query } from "@/server/modules/approvals/undecidable.testkit";
import { countInbox } from "@/server/modules/inbox/service";
import { askedNow, away, dana, inboxOf, max, notMine, ofMax, say } from "./absences.testkit";
import { endAbsence, listAbsences } from "./service";

describe("row 28 what is asked of somebody who is away may be decided by their deputy", () => {
  it("in their name, found in the inbox, told, and written down so; they may still decide it themselves", async () => {
    const before = await ask({ of: ofMax() });
    await away(max, { until: "2099-12-04T00:00:00Z" });
    const { id, runId } = await ask({ of: ofMax() });
    expect((await inboxOf(dana)).sort()).toEqual([before.id, id].sort());
    expect(await countInbox(dana.actor)).toBe(2);
    expect((await askedNow(id)).sort()).toEqual([max.userId, dana.userId].sort());
    expect(await getApproval(dana.actor, id)).toMatchObject({
      canDecide: true,
      mayDelegate: false,
      delegatedBy: null,
      standsInFor: { name: max.actor.name, until: "2099-12-04T00:00:00.000Z" },
      deputies: [{ from: max.actor.name, to: dana.actor.name }],
    });
    expect(await getApproval(max.actor, id)).toMatchObject({ canDecide: true, standsInFor: null });
    expect(await say(dana, id)).toMatchObject({
      status: "approved",
      decidedBy: { name: `${dana.actor.name} for ${max.actor.name}, who was away` },
    });
    expect((await getApproval(max.actor, id)).record).toMatchObject({
      by: dana.actor.name,
      onBehalfOf: max.actor.name,
      wasAway: true,
    });
    expect(
      await query("select data->'onBehalfOf'->>'wasAway' as away from audit_entries where subject_id = $1", [id]),
    ).toEqual([{ away: "true" }]);
    expect(
      await query("select 1 from run_events where run_id = $1 and type = 'approval.approved'", [runId]),
    ).toHaveLength(1);
    expect(await say(max, before.id)).toMatchObject({ status: "approved", decidedBy: { name: max.actor.name } });
  });

  it("from when it begins until it ends, by its time or before it; nothing before, and nothing after", async () => {
    const { id } = await ask({ of: ofMax() });
    const { id: planned } = await away(max, { from: "2099-01-01T00:00:00Z" });
    await expect(say(dana, id)).rejects.toMatchObject(notMine);
    expect(await listAbsences(dana.actor)).toMatchObject([{ id: planned, is_away: false, until: null }]);
    await endAbsence(max.actor, planned);
    const { id: now } = await away(max);
    expect(await inboxOf(dana)).toEqual([id]);
    await endAbsence(max.actor, now);
    expect(await inboxOf(dana)).toEqual([]);
    await expect(say(dana, id)).rejects.toMatchObject(notMine);
    await expect(endAbsence(max.actor, now)).rejects.toMatchObject({ code: "conflict" });
    await away(max, { until: "2099-01-01T00:00:00Z" });
    await query(
      "update absences set from_at = now() - interval '2 days', until_at = now() - interval '1 day' where ended_at is null",
    );
    await expect(say(dana, id)).rejects.toMatchObject(notMine);
    expect(await listAbsences(dana.actor)).toEqual([]);
  });

  it("what was begun while they were away counts when they are back, and can be taken back", async () => {
    const { id: absence } = await away(max);
    const { id } = await ask({ of: ofMax() });
    const { id: other } = await ask({ of: ofMax() });
    await say(dana, id, { via: "ui" });
    await say(dana, other, { via: "ui" });
    await endAbsence(max.actor, absence);
    await undoDecision(dana.actor, other);
    await query("update waitpoints set effective_at = now() - interval '1 second' where id = $1", [id]);
    await query("select hot_decision_due($1)", [JSON.stringify({ id, org: north.id })]);
    expect(await query("select status, outcome from waitpoints where id = $1", [id])).toEqual([
      { status: "resolved", outcome: "approved" },
    ]);
    await expect(say(dana, other)).rejects.toMatchObject(notMine);
  });

  it("for the workflows and up to the amount that were named", async () => {
    const one = await ask({ of: ofMax(), request: { amounts: [{ amount: 500, currency: "EUR" }] } });
    const high = await ask({ of: ofMax(), request: { amounts: [{ amount: 500.01, currency: "EUR" }] } });
    const dollars = await ask({ of: ofMax(), request: { amounts: [{ amount: 5, currency: "USD" }] } });
    const both = await ask({
      of: ofMax(),
      request: {
        amounts: [
          { amount: 5, currency: "EUR" },
          { amount: 5, currency: null },
        ],
      },
    });
    const none = await ask({ of: ofMax(), request: { amounts: [] } });
    const older = await ask({ of: ofMax() });
    const { id } = await away(max, { limit: { amount: 500, currency: "EUR" } });
    expect((await inboxOf(dana)).sort()).toEqual([one.id, none.id].sort());
    for (const each of [high, dollars, both, older]) await expect(say(dana, each.id)).rejects.toMatchObject(notMine);
    await endAbsence(max.actor, id);
    const [flow] = await query<{ slug: string }>(
      "select slug from workflows where id = (select workflow_id from waitpoints where id = $1)",
      [older.id],
    );
    await away(max, { workflows: [flow?.slug ?? ""] });
    expect(await inboxOf(dana)).toEqual([older.id]);
  });
});

describe("of a role", () => {
  let kim: TestMember;
  beforeEach(async () => {
    kim = await checker("kim");
  });

  it("nothing is passed on as long as somebody else of it is there; when all are away, their deputies may", async () => {
    const { id } = await ask({});
    await away(max);
    expect(await inboxOf(dana)).toEqual([]);
    await expect(say(dana, id)).rejects.toMatchObject(notMine);
    await away(kim, { deputy: null });
    expect(await inboxOf(dana)).toEqual([id]);
    expect((await askedNow(id)).sort()).toEqual([max.userId, kim.userId, dana.userId].sort());
    expect(await say(dana, id)).toMatchObject({
      decidedBy: { name: expect.stringContaining(max.actor.name) as string },
    });
  });

  it("who asked for it is nobody who is there", async () => {
    const { id } = await ask({ fourEyes: true, startedBy: kim.userId });
    await away(max);
    expect(await inboxOf(dana)).toEqual([id]);
  });

  it("where all must approve, the deputy's word is that of whoever is away, once the others have given theirs", async () => {
    const { id } = await ask({ request: { quorum: { mode: "all" } } });
    await away(max);
    await say(kim, id);
    expect(await getApproval(dana.actor, id)).toMatchObject({ decisionsNeeded: 2, canDecide: true });
    expect(await say(dana, id)).toMatchObject({ status: "approved" });
  });
});
