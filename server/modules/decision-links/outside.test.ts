import { describe, expect, it } from "vitest";
import { addTestMember } from "@/server/auth/identity.testkit";
import { checker, north, query } from "@/server/modules/approvals/undecidable.testkit";
import { decideApproval, getApproval } from "@/server/modules/approvals/service";
import { tellPeople } from "@/server/modules/notices/service";
import { deleteOutsidePeople } from "@/server/modules/retention/retention-store";
import { mailsTo, tellNow } from "@/server/modules/notices/told.testkit";
import { decideByLink, lookAtLink, proveLink, sendLinkCode, undoByLink } from "./service";
import { due, linkTo, mailed, mailedOutside, nobody, proven, shown, stateOf } from "./decision-links.testkit";

describe("A17 somebody without an account", () => {
  it("is asked by mail, shows by a code that the address is theirs, and decides", async () => {
    const { visitor, id, email } = await mailedOutside("ann@law.test", { startedBy: north.members.builder.userId });
    expect(await stateOf(id)).toEqual({ status: "open", why: null });
    expect(await lookAtLink(visitor)).toEqual({
      state: "locked",
      askedAt: expect.any(String) as string,
      signedInAsOther: false,
      over: null,
      isOutside: true,
    });
    const inside = await proven(visitor, { email });
    const { nonce, card, name } = await shown(inside);
    expect([name, card.headline, card.canDecide]).toEqual([email, "Sign the lease", true]);
    await decideByLink(inside, { decision: "approved", nonce, comment: "Fine by us" });
    await undoByLink(inside);
    await decideByLink(inside, { decision: "approved", nonce: (await shown(inside)).nonce, comment: "Fine by us" });
    expect(await due(id)).toMatchObject({ ok: true });
    const { record, decidedBy } = await getApproval(north.members.owner.actor, id);
    expect([record?.by, record?.via, record?.provenBy, decidedBy?.name]).toEqual([email, "link", "code", email]);
    expect(
      await query("select auth, actor from audit_entries where subject_id = $1 and action = 'approval.approved'", [id]),
    ).toEqual([{ auth: "link", actor: { type: "contact", id: `email:${email}`, name: email, via: "link" } }]);
  });

  it("sees the card and nothing around it: no ids, no steps, no colleagues, no words among them", async () => {
    const kim = await checker("kim");
    const { visitor, email } = await mailedOutside("bea@law.test", {
      of: ["email:bea@law.test", `user:${kim.userId}`],
    });
    const page = await shown(await proven(visitor, { email }));
    const { id, runId, nodeId, workflow, assignTo, assignRefs, steps, customer, record, comment } = page.card;
    expect([id, runId, nodeId, workflow.id, workflow.name, comment].join("")).toBe("");
    expect([assignTo, assignRefs, steps, customer, record]).toEqual([[], [], [], null, null]);
    expect(JSON.stringify(page)).not.toContain(kim.actor.name);
    const [mail] = await mailsTo(email);
    expect(mail?.body).not.toMatch(/inbox|settings|kim/i);
  });

  it("is shown who decided and when by a link that comes too late, and gets no code any more", async () => {
    const kim = await checker("kim");
    const { visitor, id, email } = await mailedOutside("cem@law.test", {
      of: ["email:cem@law.test", `user:${kim.userId}`],
    });
    const inside = await proven(visitor, { email });
    const { nonce } = await shown(inside);
    await decideApproval(kim.actor, id, { decision: "approved", via: "api" });
    expect(await lookAtLink(inside)).toMatchObject({
      state: "locked",
      over: { how: "approved", by: kim.actor.name, at: expect.stringMatching(/^\d{4}-/) as string },
    });
    await expect(sendLinkCode(visitor)).rejects.toMatchObject({ code: "conflict" });
    await expect(decideByLink(inside, { decision: "rejected", nonce })).rejects.toMatchObject({
      code: "approval_already_decided",
      message: expect.stringContaining(kim.actor.name) as string,
    });
  });

  it("hears of being taken off, and the link opens nothing from then on, also after the code", async () => {
    const kim = await checker("kim");
    const { visitor, id, email } = await mailedOutside("dan@law.test");
    const inside = await proven(visitor, { email });
    const { nonce } = await shown(inside);
    await query("update waitpoints set assignees = $2 where id = $1", [id, [`user:${kim.userId}`]]);
    expect(await lookAtLink(inside)).toEqual({ state: "taken_off" });
    await expect(sendLinkCode(visitor)).rejects.toMatchObject({ code: "forbidden" });
    await expect(decideByLink(inside, { decision: "approved", nonce })).rejects.toMatchObject({ code: "forbidden" });
    await tellNow(id);
    expect((await mailsTo(email)).at(-1)).toMatchObject({
      subject: "Not needed any more: Sign the lease",
      body: expect.not.stringContaining("/d/") as string,
    });
    await decideApproval(kim.actor, id, { decision: "approved", via: "api" });
    expect(await lookAtLink(visitor)).toEqual({ state: "taken_off" });
  });

  it("opens nothing with the link of another question, nor for a colleague to whom it was forwarded", async () => {
    const one = await mailedOutside("eva@law.test");
    const inside = await proven(one.visitor, one);
    const other = await mailedOutside("eva@law.test", { request: { headline: "Another" } });
    expect(other.visitor.token).not.toBe(one.visitor.token);
    expect(await lookAtLink({ ...other.visitor, cookies: inside.cookies })).toMatchObject({ state: "locked" });
    const { nonce } = await shown(inside);
    const there = await proven(other.visitor, other);
    await expect(decideByLink(there, { decision: "approved", nonce })).rejects.toMatchObject({ code: "conflict" });
    const colleague = { ...one.visitor, signedIn: north.members.owner.actor };
    expect(await lookAtLink(colleague)).toMatchObject({ state: "locked", signedInAsOther: true });
    await expect(decideByLink(colleague, { decision: "approved", nonce })).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });

  it("cannot be stood in for by guessing: ten wrong codes, and the right one is not taken either", async () => {
    const { visitor } = await mailedOutside("fay@law.test");
    await sendLinkCode(visitor);
    for (let tries = 0; tries < 10; tries += 1) await proveLink(visitor, "000000").catch(() => null);
    expect(await query("select code_tries from decision_links where code_hash is not null and code_tries < 5")).toEqual(
      [],
    );
    await expect(proveLink(visitor, "000001")).rejects.toMatchObject({ code: "forbidden" });
  });

  it("is nobody where the step does not ask outside, whatever its assignees say", async () => {
    const { id, email } = await mailedOutside("gil@law.test", { request: { outside: false } });
    expect(await stateOf(id)).toEqual({ status: "open", why: "nobody_left" });
    expect(await mailsTo(email)).toEqual([]);
  });

  it("is the member where the address is a member's, and answers in the inbox once they become one", async () => {
    const hal = await checker("hal");
    const asMember = await mailedOutside(hal.email);
    expect((await lookAtLink(asMember.visitor)).state).toBe("locked");
    expect(await lookAtLink(asMember.visitor)).toMatchObject({ isOutside: false });
    const ida = await mailedOutside("ida@law.test");
    const member = await addTestMember({ organizationId: north.id, role: "approver", email: "Ida@law.test" });
    await expect(lookAtLink(ida.visitor)).rejects.toMatchObject({ code: "not_found" });
    expect((await decideApproval(member.actor, ida.id, { decision: "approved", via: "api" })).status).toBe("approved");
  });
});

describe("A13 mail to somebody outside", () => {
  it("reminds with a link of its own, beside which the first one still opens", async () => {
    const { id, email, visitor } = await mailedOutside("sue@law.test");
    await tellPeople({ waitpointId: id, organizationId: north.id, reason: "reminder", stage: "half" });
    expect((await mailsTo(email)).map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/ asks you to decide: Sign the lease$/) as string,
      "Reminder: Sign the lease",
    ]);
    const newer = await linkTo(email);
    expect(newer.token).not.toBe(visitor.token);
    for (const link of [newer, visitor]) expect((await shown(await proven(link, { email }))).card.canDecide).toBe(true);
  });

  it("leaves nothing behind of an address that no run knows any more", async () => {
    const { id, runId } = await mailedOutside("tom@law.test");
    const kept = () => query("select from outside_people where address = 'tom@law.test'");
    await query("update outside_people set created_at = now() - interval '2 days' where address = 'tom@law.test'");
    await deleteOutsidePeople(new Date(), 10);
    expect(await kept()).toHaveLength(1);
    await query("delete from notices where run_id = $1", [runId]);
    await query("delete from waitpoints where id = $1", [id]);
    await deleteOutsidePeople(new Date(), 10);
    expect(await kept()).toHaveLength(0);
  });

  const end = (email: string, status: string) =>
    query("update deliveries set status = $2 where address = $1 and status = 'pending'", [email, status]);

  it("that has failed for good leaves nobody who can decide, until they are asked again", async () => {
    const { id, email } = await mailedOutside("quin@law.test");
    await end(email, "dead");
    expect(await stateOf(id)).toEqual({ status: "open", why: "mail_bounced" });
    const again = await mailedOutside(email);
    expect(await stateOf(again.id)).toEqual({ status: "open", why: null });
  });

  it("may fail once one of them has arrived", async () => {
    const { id, email, visitor } = await mailedOutside("rob@law.test");
    await end(email, "delivered");
    await sendLinkCode(visitor);
    await end(email, "dead");
    expect(await stateOf(id)).toEqual({ status: "open", why: null });
  });
});

describe("A17 who may not know", () => {
  it("members' links stay as they were", async () => {
    const { visitor, kim } = await mailed();
    expect(await shown(await proven(visitor, kim))).toMatchObject({
      isOutside: false,
      card: { assignTo: [kim.actor.name] },
    });
    await expect(lookAtLink({ ...nobody, token: "0".repeat(64) })).rejects.toMatchObject({ code: "not_found" });
  });
});
