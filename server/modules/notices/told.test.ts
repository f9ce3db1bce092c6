import { describe, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { addTestMember, createTestOrganization } from "@/server/auth/identity.testkit";
import { ask, checker, deactivate, north, query } from "@/server/modules/approvals/undecidable.testkit";
import { chooseEmail, countOwnNotices, listOwnNotices, readNotices, tellPeople } from "./service";
import { askedEvents, mailsTo, noticesOf, tellNow } from "./told.testkit";

const page = { limit: 20, offset: 0 };
const people = async (id: string): Promise<string[]> => (await noticesOf(id)).map(({ userId }) => userId).sort();

describe("A17 whoever is asked is told", () => {
  it("in the bell and by e-mail, with the way there, once however often the event comes", async () => {
    const kim = await checker("kim");
    const { id } = await ask({ request: { headline: "Refund $120 to Jane", onTimeout: "approve" } });
    const [event] = await askedEvents(id);
    expect(event).toEqual({ waitpointId: id, organizationId: north.id, reason: "asked", stage: "" });
    expect(await tellNow(id)).toBe(1);
    expect(event && (await tellPeople(event))).toBe(0);
    expect(await noticesOf(id)).toEqual([
      { userId: kim.userId, reason: "asked", headline: "Refund $120 to Jane", cameFrom: [] },
    ]);
    const mails = await mailsTo(kim.email);
    expect(mails).toEqual([
      { subject: "To decide: Refund $120 to Jane", body: expect.stringContaining("waits for a decision") as string },
    ]);
    expect(mails[0]?.body).toContain("/settings/notifications");
    expect(
      await query(
        "select from event_outbox e join deliveries d on e.data->>'deliveryId' = d.id::text where d.address = $1",
        [kim.email],
      ),
    ).toHaveLength(1);
    const { items } = await listOwnNotices(kim.actor, page);
    expect(items).toEqual([
      expect.objectContaining({ waitpointId: id, workflow: "Test workflow", isRead: false, isOpen: true }),
    ]);
    expect(await countOwnNotices(kim.actor)).toBe(1);
  });

  it("if they may answer: not who left, who only looks, or who asked for it under four eyes", async () => {
    const [kim, lee, gone] = [await checker("kim"), await checker("lee"), await checker("gone")];
    await checker("looks", "viewer");
    await deactivate(gone);
    const { id } = await ask({ fourEyes: true, startedBy: lee.userId });
    await tellNow(id);
    expect(await people(id)).toEqual([kim.userId]);
    const open = await ask({ startedBy: lee.userId });
    await tellNow(open.id);
    expect(await people(open.id)).toEqual([kim.userId, lee.userId].sort());
  });

  it("not by tests, nor by what names nobody", async () => {
    await checker("kim");
    expect(await askedEvents((await ask({ test: true })).id)).toEqual([]);
    expect(await askedEvents((await ask({ kind: "form", of: [] })).id)).toEqual([]);
    expect(await askedEvents((await ask({ kind: "timer" })).id)).toEqual([]);
  });

  it("of forms and handoffs as well, but not of the customer's own form", async () => {
    const kim = await checker("kim", "owner");
    const form = await ask({ kind: "form", request: { title: "Invoice address" } });
    await tellNow(form.id);
    const hand = await ask({ kind: "handoff", request: { headline: "Jane needs help" } });
    await tellNow(hand.id);
    expect((await mailsTo(kim.email)).map(({ subject }) => subject)).toEqual([
      "To fill in: Invoice address",
      "To take over: Jane needs help",
    ]);
    const customers = await ask({ kind: "form", request: { deliverTo: "conversation" }, conversation: newId() });
    expect(await tellNow(customers.id)).toBe(0);
  });

  it("nobody of what was answered before the worker came to it", async () => {
    await checker("kim");
    const { id } = await ask({});
    await query("update waitpoints set status = 'resolved', outcome = 'approved', resolved_at = now() where id = $1", [
      id,
    ]);
    expect(await tellNow(id)).toBe(0);
  });

  it("when it is given to others: those, and not again who was asked before", async () => {
    const kim = await checker("kim");
    const lee = await addTestMember({
      organizationId: north.id,
      role: "approver",
      email: `lee-${newId()}@north.holdpoint.test`,
    });
    const { id } = await ask({ request: { headline: "Refund" } });
    await tellNow(id);
    const give = (to: string[]) => query("update waitpoints set assignees = $2 where id = $1", [id, to]);
    await give(["role:checker", `user:${lee.userId}`]);
    await tellNow(id);
    expect((await noticesOf(id)).map(({ userId, reason }) => [userId, reason])).toEqual([
      [kim.userId, "asked"],
      [lee.userId, "reassigned"],
    ]);
    expect((await mailsTo(lee.email))[0]).toMatchObject({
      subject: "Given to you: Refund",
      body: expect.stringContaining("Somebody gave it to you.") as string,
    });
    // There and back: that is news again.
    await give([`user:${lee.userId}`]);
    await tellNow(id);
    await give(["role:checker"]);
    await tellNow(id);
    expect((await noticesOf(id)).map(({ userId, reason }) => [userId, reason]).at(-1)).toEqual([
      kim.userId,
      "reassigned",
    ]);
    expect(await mailsTo(kim.email)).toHaveLength(2);
  });

  it("when it is escalated: the new people, and from whom", async () => {
    const lee = await addTestMember({
      organizationId: north.id,
      role: "approver",
      email: `lee-${newId()}@north.holdpoint.test`,
    });
    const first = await ask({ request: { headline: "Refund" } });
    await query("update waitpoints set status = 'resolved', outcome = 'timed_out', resolved_at = now() where id = $1", [
      first.id,
    ]);
    const id = newId();
    await query(
      `insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, assignees, request)
       select $2, organization_id, run_id, workflow_id, key, node_id, kind, $3, request || '{"escalated": true}' from waitpoints where id = $1`,
      [first.id, id, [`user:${lee.userId}`]],
    );
    await tellNow(id);
    expect(await noticesOf(id)).toEqual([
      { userId: lee.userId, reason: "escalated", headline: "Refund", cameFrom: ["Checker"] },
    ]);
    expect((await mailsTo(lee.email))[0]).toMatchObject({
      subject: "Escalated to you: Refund",
      body: expect.stringContaining("escalated from Checker to you") as string,
    });
  });

  it("by e-mail as each wants it", async () => {
    const [each, urgent, none] = [await checker("each"), await checker("urgent"), await checker("none")];
    await chooseEmail(urgent.actor, "urgent");
    await chooseEmail(none.actor, "none");
    const { id } = await ask({});
    expect(await tellNow(id)).toBe(3);
    expect(await tellPeople({ waitpointId: id, organizationId: north.id, reason: "reminder", stage: "1" })).toBe(3);
    const count = async (email: string): Promise<number> => (await mailsTo(email)).length;
    expect([await count(each.email), await count(urgent.email), await count(none.email)]).toEqual([2, 1, 0]);
  });

  it("each of their own organization alone", async () => {
    const kim = await checker("kim");
    const south = await createTestOrganization(`south-${newId()}`);
    const { id } = await ask({});
    expect(await tellPeople({ waitpointId: id, organizationId: south.id, reason: "asked", stage: "" })).toBe(0);
    await tellNow(id);
    expect(await readNotices({ ...kim.actor, organizationId: south.members.owner.actor.organizationId }, id)).toBe(0);
    expect(await readNotices(south.members.owner.actor, null)).toBe(0);
    expect((await listOwnNotices(south.members.owner.actor, page)).items).toEqual([]);
    expect(await countOwnNotices(kim.actor)).toBe(1);
  });
});

describe("A17 the bell", () => {
  it("counts what is unread and still waits; read is read, of one thing or of all", async () => {
    const kim = await checker("kim");
    const [first, second, third] = [await ask({}), await ask({}), await ask({})];
    for (const { id } of [first, second, third]) await tellNow(id);
    expect(await countOwnNotices(kim.actor)).toBe(3);
    expect(await readNotices(kim.actor, first.id)).toBe(1);
    expect(await readNotices(kim.actor, first.id)).toBe(0);
    expect(await countOwnNotices(kim.actor)).toBe(2);
    await query(
      "update waitpoints set status = 'resolved', outcome = 'approved', resolved_at = now(), resolved_by_name = 'Lee' where id = $1",
      [second.id],
    );
    expect(await countOwnNotices(kim.actor)).toBe(1);
    const { items } = await listOwnNotices(kim.actor, page);
    expect(items.find(({ waitpointId }) => waitpointId === second.id)).toMatchObject({
      isOpen: false,
      answeredBy: "Lee",
    });
    await readNotices(kim.actor, null);
    expect(await countOwnNotices(kim.actor)).toBe(0);
    expect((await listOwnNotices(kim.actor, page)).items.every(({ isRead }) => isRead)).toBe(true);
  });

  it("lists in pages, newest first", async () => {
    const kim = await checker("kim");
    const asked = [await ask({}), await ask({}), await ask({})];
    for (const { id } of asked) await tellNow(id);
    const first = await listOwnNotices(kim.actor, { limit: 2, offset: 0 });
    const rest = await listOwnNotices(kim.actor, { limit: 2, offset: 0, cursor: first.nextCursor ?? undefined });
    expect([...first.items, ...rest.items].map(({ waitpointId }) => waitpointId)).toEqual(
      asked.map(({ id }) => id).reverse(),
    );
    expect(rest.nextCursor).toBeNull();
  });
});
