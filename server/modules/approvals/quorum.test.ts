import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/core/ids";
import type { TestMember } from "@/server/auth/identity.testkit";
import { countInbox } from "@/server/modules/inbox/service";
import { decideApproval, getApproval, reassignApproval, undoDecision } from "./service";
import { ask, checker, deactivate, north, query } from "./undecidable.testkit";

let [ana, bo, cy]: TestMember[] = [];
const all = { quorum: { mode: "all" } };

beforeEach(async () => {
  [ana, bo, cy] = [await checker("ana"), await checker("bo"), await checker("cy")];
});

type Part = Partial<Parameters<typeof decideApproval>[2]>;
const actorOf = (who: TestMember | undefined): TestMember["actor"] => {
  if (who === undefined) throw new Error("nobody");
  return who.actor;
};
const say = (who: TestMember | undefined, id: string, part: Part = {}) => {
  return decideApproval(actorOf(who), id, { decision: "approved", via: "api", ...part });
};
const seen = (id: string) => getApproval(north.members.owner.actor, id);
const why = async (id: string) =>
  (await query<{ why: string | null }>("select undecidable_why as why from waitpoints where id = $1", [id]))[0]?.why;

describe("everybody must approve", () => {
  it("each word is kept, told and taken out of that person's inbox, until the last one decides", async () => {
    const { id, runId } = await ask({ request: all });
    const before = await countInbox(actorOf(ana));
    expect(await say(ana, id, { comment: "Fine" })).toMatchObject({
      status: "pending",
      decisionsNeeded: 3,
      votes: [{ name: ana?.actor.name, decision: "approved", comment: "Fine" }],
      next: null,
      canDecide: false,
    });
    expect(await countInbox(actorOf(ana))).toBe(before - 1);
    await expect(say(ana, id)).rejects.toMatchObject({ code: "person_has_decided" });
    await say(bo, id);
    expect(await say(cy, id)).toMatchObject({ status: "approved", decidedBy: { name: cy?.actor.name } });
    expect((await seen(id)).votes.map(({ name }) => name)).toEqual([ana?.actor.name, bo?.actor.name]);
    const told = await query<{ type: string }>(
      "select type from run_events where run_id = $1 and type like 'approval.%' order by seq",
      [runId],
    );
    expect(told.map(({ type }) => type)).toEqual(["approval.voted", "approval.voted", "approval.approved"]);
    const logged = await query<{ action: string }>(
      "select action from audit_entries where subject_id = $1 order by id",
      [id],
    );
    expect(logged.map(({ action }) => action)).toEqual(["approval.voted", "approval.voted", "approval.approved"]);
    const [row] = await query<{ votes: { byName: string }[] }>(
      "select resolution->'votes' as votes from waitpoints where id = $1",
      [id],
    );
    expect(row?.votes.map(({ byName }) => byName)).toEqual([ana?.actor.name, bo?.actor.name]);
  });

  it("one rejection rejects", async () => {
    const { id } = await ask({ request: all });
    await say(ana, id);
    expect(await say(bo, id, { decision: "rejected" })).toMatchObject({ status: "rejected" });
  });

  it("whose word counts is fixed by the first one: who comes later is not asked, and who leaves is missed until others are asked", async () => {
    const { id } = await ask({ request: all });
    await say(ana, id);
    const late = await checker("late");
    await expect(say(late, id)).rejects.toMatchObject({ code: "not_an_assignee" });
    expect(await countInbox(late.actor)).toBe(0);
    if (cy) await deactivate(cy);
    expect(await why(id)).toBe("too_few");
    await reassignApproval(north.members.owner.actor, id, { assignTo: [bo?.email ?? ""] });
    expect(await why(id)).toBeNull();
    expect(await say(bo, id)).toMatchObject({ status: "approved" });
  });

  it("before the first word, everybody counts who is there then", async () => {
    const { id } = await ask({ request: all });
    if (cy) await deactivate(cy);
    expect((await seen(id)).decisionsNeeded).toBe(2);
    await say(ana, id);
    expect(await say(bo, id)).toMatchObject({ status: "approved" });
  });

  it("who asked for it is not counted, and who is asked twice counts once", async () => {
    const { id } = await ask({
      of: ["role:checker", `user:${bo?.userId ?? ""}`],
      fourEyes: true,
      startedBy: ana?.userId ?? null,
      request: { policy: { requesterCannotApprove: true }, ...all },
    });
    await expect(say(ana, id)).rejects.toMatchObject({ code: "requester_cannot_approve" });
    expect((await seen(id)).decisionsNeeded).toBe(2);
    await say(bo, id);
    expect(await say(cy, id)).toMatchObject({ status: "approved" });
  });

  it("values may not be changed meanwhile", async () => {
    const { id } = await ask({ request: { policy: { editable: ["input.amount"] }, ...all } });
    await expect(say(ana, id, { edits: { "input.amount": 1 } })).rejects.toMatchObject({ code: "validation_failed" });
  });
});

describe("on a page", () => {
  it("only the word that decides can be taken back; the others wait for it", async () => {
    const { id } = await ask({ request: { quorum: { mode: "count", n: 2 } } });
    expect(await say(ana, id, { via: "ui" })).toMatchObject({ status: "pending", undoUntil: null });
    const given = await say(bo, id, { via: "ui" });
    expect(given).toMatchObject({ status: "approved" });
    expect(given.undoUntil).not.toBeNull();
    await expect(say(cy, id)).rejects.toMatchObject({ code: "approval_already_decided" });
    if (bo) await undoDecision(bo.actor, id);
    expect(await seen(id)).toMatchObject({ status: "pending", votes: [{ name: ana?.actor.name }] });
    expect(await say(cy, id)).toMatchObject({ status: "approved" });
  });
});

describe("one after the other", () => {
  it("the next are asked when those before approved, and nobody decides twice", async () => {
    const stages = [`user:${ana?.userId ?? ""}`, "role:checker", `user:${cy?.userId ?? ""}`];
    const { id } = await ask({ of: stages.slice(0, 1), request: { quorum: { mode: "sequence", stages } } });
    await expect(say(bo, id)).rejects.toMatchObject({ code: "not_an_assignee" });
    expect(await say(ana, id)).toMatchObject({
      status: "pending",
      assignRefs: ["role:checker"],
      quorum: { then: [cy?.actor.name] },
    });
    await expect(say(ana, id)).rejects.toMatchObject({ code: "person_has_decided" });
    await say(bo, id);
    expect(await seen(id)).toMatchObject({ assignRefs: [`user:${cy?.userId ?? ""}`], quorum: { then: [] } });
    expect(await say(cy, id)).toMatchObject({ status: "approved" });
  });

  it("stops with the first rejection, and is flagged where nobody is left whose turn it is", async () => {
    const stages = [`user:${ana?.userId ?? ""}`, `user:${cy?.userId ?? ""}`];
    const asked = () => ask({ of: stages.slice(0, 1), request: { quorum: { mode: "sequence", stages } } });
    const rejected = await asked();
    expect(await say(ana, rejected.id, { decision: "rejected" })).toMatchObject({ status: "rejected" });
    const { id } = await asked();
    if (cy) await deactivate(cy);
    expect(await why(id)).toBeNull();
    await say(ana, id);
    expect(await why(id)).toBe("nobody_left");
  });
});

describe("A10 nobody decides twice", () => {
  const neverTwice = { policy: { neverTwice: true } };
  /** A second step of the same run. */
  async function beside(first: { id: string; runId: string }, node: string, request: object): Promise<string> {
    const id = newId();
    await query(
      `insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, assignees, request)
       select $2, organization_id, run_id, workflow_id, $3, $3, kind, assignees, $4 from waitpoints where id = $1`,
      [first.id, id, node, request],
    );
    return id;
  }

  it("whoever decided another step of the run is refused, in whatever name, at the same instant too", async () => {
    const first = await ask({});
    const second = await beside(first, "finance", neverTwice);
    await say(ana, first.id);
    await expect(say(ana, second)).rejects.toMatchObject({ code: "person_has_decided" });
    const asOwner = north.members.owner.actor;
    await expect(
      decideApproval(asOwner, second, { decision: "approved", via: "api", onBehalfOf: ana?.email ?? "" }),
    ).rejects.toMatchObject({ code: "person_has_decided" });
    expect(await say(bo, second)).toMatchObject({ status: "approved" });
    for (let round = 0; round < 10; round += 1) {
      const one = await ask({ request: neverTwice });
      const two = await beside(one, "finance", neverTwice);
      const results = await Promise.allSettled([say(ana, one.id), say(ana, two, { via: "ui" })]);
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    }
  });

  it("the same step asked again is the same decision, and a run that goes on from another keeps who decided there", async () => {
    const first = await ask({ request: neverTwice });
    await say(ana, first.id);
    const again = await beside(first, "ask", neverTwice);
    const later = await ask({ request: neverTwice });
    await query("update runs set restored_from = $2 where id = $1", [later.runId, first.runId]);
    await query("update waitpoints set node_id = 'finance' where id = $1", [later.id]);
    await expect(say(ana, later.id)).rejects.toMatchObject({ code: "person_has_decided" });
    expect(await say(ana, again)).toMatchObject({ status: "approved" });
  });

  it("is flagged when whoever decided is the only one left", async () => {
    for (const gone of [bo, cy]) if (gone) await deactivate(gone);
    const first = await ask({});
    const second = await beside(first, "finance", neverTwice);
    expect(await why(second)).toBeNull();
    await say(ana, first.id);
    expect(await why(second)).toBe("too_few");
  });
});

it("a test is decided by its tester alone, whatever the quorum", async () => {
  const { id } = await ask({
    of: [`user:${ana?.userId ?? ""}`],
    test: true,
    request: { policy: { neverTwice: true, requesterCannotApprove: true }, quorum: { mode: "count", n: 3 } },
  });
  expect(await say(ana, id)).toMatchObject({ status: "approved", decisionsNeeded: 1 });
});
