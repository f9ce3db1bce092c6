import { beforeEach, describe, expect, it } from "vitest";
import type { TestMember } from "@/server/auth/identity.testkit";
import { countInbox, listInbox } from "@/server/modules/inbox/service";
import {
  decideApproval,
  delegateApproval,
  getApproval,
  listDelegates,
  reassignApproval,
  takeBackDelegation,
  undoDecision,
} from "./service";
import { ask, checker, deactivate, north, query } from "./undecidable.testkit";

let ana: TestMember;
/** May decide, and is asked for nothing. */
let bo: TestMember;

beforeEach(async () => {
  ana = await checker("ana");
  bo = await checker("bo");
  await query("update memberships set business_roles = '{}' where user_id = $1", [bo.userId]);
  bo = { ...bo, actor: { ...bo.actor, businessRoles: [] } };
});

const say = (who: TestMember, id: string, part: Partial<Parameters<typeof decideApproval>[2]> = {}) =>
  decideApproval(who.actor, id, { decision: "approved", via: "api", ...part });
const give = (from: TestMember, to: TestMember, id: string, reason?: string) =>
  delegateApproval(from.actor, id, { to: to.email, ...(reason === undefined ? {} : { reason }) });
const inboxOf = async (who: TestMember) => {
  const { items } = await listInbox(who.actor, {
    view: "pending",
    search: "",
    limit: 50,
    offset: 0,
    cursor: undefined,
  });
  return items.map(({ id }) => id);
};
const types = async (runId: string) =>
  (
    await query<{ type: string }>(
      "select type from run_events where run_id = $1 and type like 'approval.%' order by seq",
      [runId],
    )
  ).map(({ type }) => type);
const logged = async (id: string) =>
  (await query<{ action: string }>("select action from audit_entries where subject_id = $1 order by id", [id])).map(
    ({ action }) => action,
  );

describe("row 14 whoever is asked gives it to a colleague", () => {
  it("who finds it in their inbox and decides it in the name of whoever was asked", async () => {
    const { id, runId } = await ask({});
    expect(await inboxOf(bo)).not.toContain(id);
    await expect(say(bo, id)).rejects.toMatchObject({ code: "not_an_assignee" });
    const before = await countInbox(bo.actor);
    expect(await give(ana, bo, id, "On the train")).toMatchObject({
      delegatedTo: bo.actor.name,
      canDecide: true,
      mayDelegate: false,
    });
    expect(await inboxOf(bo)).toContain(id);
    expect(await inboxOf(ana)).toContain(id);
    expect(await countInbox(bo.actor)).toBe(before + 1);
    expect(await getApproval(bo.actor, id)).toMatchObject({
      canDecide: true,
      mayDelegate: false,
      delegatedBy: { name: ana.actor.name, reason: "On the train" },
    });
    expect(await say(bo, id)).toMatchObject({
      status: "approved",
      decidedBy: { name: `${bo.actor.name} for ${ana.actor.name}` },
    });
    expect((await getApproval(ana.actor, id)).record).toMatchObject({ by: bo.actor.name, onBehalfOf: ana.actor.name });
    const over = await listInbox(bo.actor, { view: "decided", search: "", limit: 50, offset: 0, cursor: undefined });
    expect(over.items.map((item) => item.id)).toContain(id);
    expect(await types(runId)).toEqual(["approval.delegated", "approval.approved"]);
    expect(await logged(id)).toEqual(["approval.delegated", "approval.approved"]);
  });

  it("the colleague is told, and nobody else again", async () => {
    const { id } = await ask({});
    await give(ana, bo, id);
    const told = await query<{ data: object }>(
      "select data from event_outbox where name = 'people/asked' and data->>'waitpointId' = $1 and data->>'reason' = 'delegated'",
      [id],
    );
    expect(told).toMatchObject([{ data: { from: [ana.actor.name], before: ["role:checker"] } }]);
    const asked = await query<{ user: string }>('select user_id as "user" from asked_now($1, $2)', [north.id, id]);
    expect(asked.map(({ user }) => user).sort()).toEqual([ana.userId, bo.userId].sort());
  });

  it("whoever gave it decides as before, or takes it back: then it is gone from the colleague's inbox", async () => {
    const { id, runId } = await ask({});
    await give(ana, bo, id);
    expect(await takeBackDelegation(ana.actor, id)).toMatchObject({ delegatedTo: null, mayDelegate: true });
    expect(await inboxOf(bo)).not.toContain(id);
    await expect(say(bo, id)).rejects.toMatchObject({ code: "not_an_assignee" });
    await expect(takeBackDelegation(ana.actor, id)).rejects.toMatchObject({ code: "conflict" });
    await give(ana, bo, id);
    expect(await say(ana, id)).toMatchObject({ status: "approved", decidedBy: { name: ana.actor.name } });
    await expect(say(bo, id)).rejects.toMatchObject({ code: "approval_already_decided" });
    await expect(takeBackDelegation(ana.actor, id)).rejects.toMatchObject({ code: "approval_already_decided" });
    expect((await types(runId)).slice(0, 3)).toEqual([
      "approval.delegated",
      "approval.delegation_ended",
      "approval.delegated",
    ]);
  });

  it("nobody gives on what was given to them, to several, or what is not theirs", async () => {
    const cy = await checker("cy");
    const { id } = await ask({ of: [`user:${ana.userId}`] });
    await expect(give(bo, ana, id)).rejects.toMatchObject({ code: "forbidden" });
    await give(ana, bo, id);
    await expect(give(ana, cy, id)).rejects.toMatchObject({ code: "conflict" });
    await expect(give(bo, cy, id)).rejects.toMatchObject({ code: "forbidden" });
    await query("update waitpoints set assignees = $2 where id = $1", [
      id,
      [`user:${ana.userId}`, `user:${cy.userId}`],
    ]);
    await expect(give(cy, bo, id)).rejects.toMatchObject({ code: "validation_failed" });
    await expect(give(cy, ana, id)).rejects.toMatchObject({ code: "validation_failed" });
    await expect(delegateApproval(cy.actor, id, { to: cy.email })).rejects.toMatchObject({ code: "validation_failed" });
    await expect(delegateApproval(cy.actor, id, { to: "role:checker" })).rejects.toMatchObject({
      code: "validation_failed",
    });
  });

  it("never to the requester under four eyes, to somebody who may not decide, to another organization", async () => {
    const viewer = north.members.viewer;
    const { id } = await ask({ fourEyes: true, startedBy: bo.userId });
    await expect(give(ana, bo, id)).rejects.toMatchObject({ code: "validation_failed" });
    await expect(give(ana, viewer, id)).rejects.toMatchObject({ code: "validation_failed" });
    await expect(delegateApproval(ana.actor, id, { to: "kim@south.test" })).rejects.toMatchObject({
      code: "validation_failed",
    });
    const refs = (await listDelegates(ana.actor, id)).map(({ email }) => email);
    expect(refs).toContain(north.members.approver.email);
    for (const other of [bo, viewer, ana]) expect(refs).not.toContain(other.email);
    // And whoever asked for it gets nothing done through a colleague.
    const own = await ask({ fourEyes: true, startedBy: ana.userId });
    await checker("cy");
    await expect(give(ana, bo, own.id)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("ends with whoever gave it: a role lost, a deactivation, others asked instead", async () => {
    await checker("cy");
    const one = await ask({});
    await give(ana, bo, one.id);
    await reassignApproval(north.members.owner.actor, one.id, { assignTo: ["role:owner"] });
    expect(await inboxOf(bo)).not.toContain(one.id);
    await expect(say(bo, one.id)).rejects.toMatchObject({ code: "not_an_assignee" });
    const two = await ask({});
    await give(ana, bo, two.id);
    await deactivate(ana);
    expect(await inboxOf(bo)).not.toContain(two.id);
    await expect(say(bo, two.id)).rejects.toMatchObject({ code: "not_an_assignee" });
  });

  it("a test is its tester's alone", async () => {
    const { id } = await ask({ of: [`user:${ana.userId}`], test: true });
    await expect(give(ana, bo, id)).rejects.toMatchObject({ code: "conflict" });
    expect(await getApproval(ana.actor, id)).toMatchObject({ mayDelegate: false });
  });
});

describe("one word of two people", () => {
  it("where everybody must approve, the colleague's word is that of whoever gave it", async () => {
    const cy = await checker("cy");
    const { id } = await ask({ request: { quorum: { mode: "all" } } });
    await give(ana, bo, id);
    await expect(give(cy, bo, id)).rejects.toMatchObject({ code: "validation_failed" });
    expect(await say(bo, id)).toMatchObject({
      status: "pending",
      decisionsNeeded: 2,
      votes: [{ name: `${bo.actor.name} for ${ana.actor.name}` }],
    });
    await expect(say(ana, id)).rejects.toMatchObject({ code: "person_has_decided" });
    expect(await inboxOf(ana)).not.toContain(id);
    expect(await inboxOf(bo)).not.toContain(id);
    expect(await say(cy, id)).toMatchObject({ status: "approved" });
  });

  it("and when they have spoken themselves, the colleague has nothing to decide", async () => {
    await checker("cy");
    const { id } = await ask({ request: { quorum: { mode: "all" } } });
    await give(ana, bo, id);
    await say(ana, id);
    expect(await inboxOf(bo)).not.toContain(id);
    await expect(say(bo, id)).rejects.toMatchObject({ message: expect.stringContaining(ana.actor.name) as string });
  });

  it("A10 nobody decides twice in whatever name", async () => {
    const first = await ask({ of: [`user:${bo.userId}`] });
    const second = await ask({ request: { policy: { neverTwice: true } } });
    await query("update waitpoints set run_id = $2, node_id = 'later', key = 'later' where id = $1", [
      second.id,
      first.runId,
    ]);
    await say(bo, first.id);
    await expect(give(ana, bo, second.id)).rejects.toMatchObject({ code: "validation_failed" });
  });

  it("a decision on a page counts no more where it was taken back in time, and meanwhile nothing is given or taken", async () => {
    const { id } = await ask({});
    await give(ana, bo, id);
    expect(await say(bo, id, { via: "ui" })).toMatchObject({ status: "approved" });
    await expect(takeBackDelegation(ana.actor, id)).rejects.toMatchObject({ code: "approval_already_decided" });
    await undoDecision(bo.actor, id);
    await takeBackDelegation(ana.actor, id);
    await expect(say(bo, id)).rejects.toMatchObject({ code: "not_an_assignee" });
  });
});
