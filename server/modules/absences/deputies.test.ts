import { describe, expect, it } from "vitest";
import type { TestMember } from "@/server/auth/identity.testkit";
import { delegateApproval } from "@/server/modules/approvals/service";
import { ask, checker, deactivate, north, query } from "@/server/modules/approvals/undecidable.testkit";
import { getInboxItem } from "@/server/modules/inbox/service";
import { resolveHandoff, submitForm } from "@/server/modules/runs/service";
import { askedNow, away, dana, inboxOf, max, notMine, ofMax, say, without } from "./absences.testkit";
import { endAbsence } from "./service";

/** Who may answer forms and handovers, too. */
const asOperator = (who: TestMember) =>
  query("update memberships set role = 'operator' where user_id = $1", [who.userId]);

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
    await expect(say(dana, asked.id)).rejects.toMatchObject({ code: "person_has_decided" });
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
    const kim = await without(await checker("kim"));
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
