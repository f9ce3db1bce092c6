import { beforeEach, describe, expect, it } from "vitest";
import type { SetAbsence } from "@/core/contracts/absence";
import type { TestMember } from "@/server/auth/identity.testkit";
import { decideApproval, delegateApproval, getApproval, undoDecision } from "@/server/modules/approvals/service";
import { ask, checker, deactivate, north, query } from "@/server/modules/approvals/undecidable.testkit";
import { countInbox, getInboxItem, listInbox } from "@/server/modules/inbox/service";
import { listOwnNotices } from "@/server/modules/notices/service";
import { resolveHandoff, submitForm } from "@/server/modules/runs/service";
import { endAbsence, listAbsences, setAbsence } from "./service";

let max: TestMember;
let kim: TestMember;
/** May decide, and is asked for nothing. */
let dana: TestMember;

const without = async (member: TestMember): Promise<TestMember> => {
  await query("update memberships set business_roles = '{}' where user_id = $1", [member.userId]);
  return { ...member, actor: { ...member.actor, businessRoles: [] } };
};

beforeEach(async () => {
  max = await checker("max");
  dana = await without(await checker("dana"));
});

const away = (who: TestMember, part: Partial<SetAbsence> = {}, by = who) =>
  setAbsence(by.actor, { workflows: [], deputy: dana.email, ...(by === who ? {} : { user: who.email }), ...part });
const say = (who: TestMember, id: string, part: Partial<Parameters<typeof decideApproval>[2]> = {}) =>
  decideApproval(who.actor, id, { decision: "approved", via: "api", ...part });
const page = { limit: 50, offset: 0, cursor: undefined };
const inboxOf = async (who: TestMember) =>
  (await listInbox(who.actor, { view: "pending", search: "", ...page })).items.map(({ id }) => id);
const askedNow = async (id: string) =>
  (await query<{ user: string }>('select user_id as "user" from asked_now($1, $2)', [north.id, id])).map(
    ({ user }) => user,
  );
/** Who may answer forms and handovers, too. */
const asOperator = (who: TestMember) =>
  query("update memberships set role = 'operator' where user_id = $1", [who.userId]);
const notMine = { code: "not_an_assignee" };
const ofMax = () => [`user:${max.userId}`];

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

describe("four eyes stay four, and nobody speaks twice", () => {
  it("who asked for it is no deputy, and whoever is away and asked for it has none", async () => {
    await away(max);
    const own = await ask({ of: ofMax(), fourEyes: true, startedBy: dana.userId });
    const absent = await ask({
      of: [...ofMax(), `user:${north.members.owner.userId}`],
      fourEyes: true,
      startedBy: max.userId,
    });
    for (const { id } of [own, absent]) {
      expect(await inboxOf(dana)).not.toContain(id);
      await expect(say(dana, id)).rejects.toMatchObject(notMine);
    }
  });

  it("who answers a form in a name is with that person the one who gave the run its values", async () => {
    await asOperator(max);
    const flow = await ask({ of: ofMax(), kind: "form", request: { title: "Amount", schema: {} } });
    const operator = north.members.operator;
    await away(max, { deputy: operator.email });
    const card = await getInboxItem(operator.actor, flow.id);
    expect(card).toMatchObject({ canAnswer: true, standsInFor: { name: max.actor.name } });
    expect(await inboxOf(operator)).toEqual([flow.id]);
    await submitForm(operator.actor.organizationId, {
      waitpointId: flow.id,
      values: {},
      actor: operator.actor,
      via: "ui",
    });
    const [asked] = await query<{ people: string[] }>("select people from requesters_of($1, $2)", [
      north.id,
      [flow.runId],
    ]);
    expect(asked?.people.sort()).toEqual([max.userId, operator.userId].sort());
    expect(await query("select resolved_by_name as name from waitpoints where id = $1", [flow.id])).toEqual([
      { name: `${operator.actor.name} for ${max.actor.name}, who was away` },
    ]);
  });

  it("a handover is the deputy's while they are away, and no longer", async () => {
    const operator = north.members.operator;
    await asOperator(max);
    const first = await ask({ of: ofMax(), kind: "handoff" });
    const second = await ask({ of: ofMax(), kind: "handoff" });
    await expect(resolveHandoff(operator.actor, first.id, {})).rejects.toMatchObject(notMine);
    const { id } = await away(max, { deputy: operator.email });
    await resolveHandoff(operator.actor, first.id, {});
    await endAbsence(max.actor, id);
    await expect(resolveHandoff(operator.actor, second.id, {})).rejects.toMatchObject(notMine);
  });

  it("a deputy who is asked, later too, or has spoken, decides nothing for others", async () => {
    await away(max);
    const asked = await ask({ of: [...ofMax(), `user:${dana.userId}`], request: { quorum: { mode: "all" } } });
    expect(await say(dana, asked.id)).toMatchObject({ votes: [{ name: dana.actor.name }] });
    await expect(say(dana, asked.id)).rejects.toMatchObject({ code: "requester_cannot_approve" });
    const later = await ask({
      of: ofMax(),
      request: { quorum: { mode: "sequence", stages: [...ofMax(), `user:${dana.userId}`] } },
    });
    await expect(say(dana, later.id)).rejects.toMatchObject(notMine);
  });

  it("nobody decides two steps of a run where nobody decides twice, in whatever name", async () => {
    await away(max);
    const first = await ask({ of: [`user:${dana.userId}`] });
    const second = await ask({ of: ofMax(), request: { policy: { neverTwice: true } } });
    await query("update waitpoints set run_id = $2, node_id = 'later', key = 'later' where id = $1", [
      second.id,
      first.runId,
    ]);
    await say(dana, first.id);
    expect(await inboxOf(dana)).toEqual([]);
    await expect(say(dana, second.id)).rejects.toMatchObject(notMine);
  });

  it("a deputy passes nothing on: not when they are away themselves, not what a colleague gave to somebody who is away", async () => {
    kim = await without(await checker("kim"));
    await away(max);
    await away(dana, { deputy: kim.email });
    const { id } = await ask({ of: ofMax() });
    expect(await inboxOf(kim)).toEqual([]);
    await expect(delegateApproval(dana.actor, id, { to: kim.email })).rejects.toMatchObject({ code: "forbidden" });
    const given = await ask({ of: [`user:${north.members.owner.userId}`] });
    await delegateApproval(north.members.owner.actor, given.id, { to: dana.email });
    expect(await inboxOf(kim)).toEqual([]);
    await expect(say(kim, given.id)).rejects.toMatchObject(notMine);
  });

  it("who left, or may decide no more, is no deputy any more", async () => {
    await away(max);
    const { id } = await ask({ of: ofMax() });
    await query("update memberships set role = 'viewer' where user_id = $1", [dana.userId]);
    expect(await askedNow(id)).toEqual([max.userId]);
    await query("update memberships set role = 'approver' where user_id = $1", [dana.userId]);
    await deactivate(dana);
    expect(await askedNow(id)).toEqual([max.userId]);
  });
});

describe("an absence is set", () => {
  it("by oneself or by an administrator, who end it too; not by colleagues", async () => {
    const { admin, owner } = north.members;
    await expect(away(max, {}, dana)).rejects.toMatchObject({ code: "missing_scope" });
    const { id } = await away(max, { note: "At sea" }, admin);
    expect(await listAbsences(dana.actor)).toMatchObject([
      {
        user: { name: max.actor.name },
        deputy: { name: dana.actor.name },
        note: "At sea",
        set_by: admin.actor.name,
        is_away: true,
      },
    ]);
    await expect(endAbsence(dana.actor, id)).rejects.toMatchObject({ code: "missing_scope" });
    await endAbsence(owner.actor, id);
    expect(
      await query(
        "select action, actor->>'id' as by from audit_entries where subject_id = $1 and action like 'absence.%' order by id",
        [max.userId],
      ),
    ).toEqual([
      { action: "absence.set", by: admin.userId },
      { action: "absence.ended", by: owner.userId },
    ]);
  });

  it("the deputy is told, in the bell and by e-mail, once", async () => {
    await away(max);
    expect((await listOwnNotices(dana.actor, page)).items).toMatchObject([
      { kind: "absence", reason: "deputy", waitpointId: null, isOpen: true, cameFrom: [max.actor.name] },
    ]);
    const mails = await query<{ subject: string }>("select subject from deliveries where address = $1", [dana.email]);
    expect(mails).toEqual([{ subject: `You answer for ${max.actor.name} while they are away` }]);
  });

  it("once for each time, also by two presses in one moment; never by or for nobody, oneself, a viewer, a stranger", async () => {
    const both = await Promise.allSettled([away(max), away(max)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(away(max, { from: "2098-01-01T00:00:00Z" })).rejects.toMatchObject({ code: "conflict" });
    const unfit = { code: "validation_failed" };
    await expect(away(dana, { deputy: dana.email })).rejects.toMatchObject(unfit);
    await expect(away(dana, { deputy: north.members.viewer.email })).rejects.toMatchObject(unfit);
    await expect(away(dana, { deputy: "kim@south.test" })).rejects.toMatchObject(unfit);
    await expect(away(dana, { deputy: null, until: "2001-01-01T00:00:00Z" })).rejects.toMatchObject(unfit);
    await expect(away(dana, { deputy: null, workflows: ["none"] })).rejects.toMatchObject(unfit);
  });

  it("naming a deputy takes a recent password", async () => {
    const session = max.actor.session;
    if (!session) throw new Error("signed in");
    const stale = { ...max, actor: { ...max.actor, session: { ...session, provenAt: new Date(0) } } };
    await expect(away(stale)).rejects.toMatchObject({ code: "password_required" });
    await away(stale, { deputy: null });
  });
});
