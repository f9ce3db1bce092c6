import { describe, expect, it } from "vitest";
import type { Digest } from "@/core/schedule/digest";
import type { DigestDue } from "@/inngest/events";
import { ask, checker, deactivate, north, query } from "@/server/modules/approvals/undecidable.testkit";
import { chooseDigest, emailChoice, sendDigest } from "./service";
import { mailsTo } from "./told.testkit";

const daily: Digest = {
  at: "07:00",
  days: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
  zone: "Europe/Berlin",
};
const digests = async (email: string) => (await mailsTo(email)).filter(({ subject }) => /waits? for you/.test(subject));
const planned = (userId: string) =>
  query<{ data: DigestDue; due: Date }>(
    "select data, due_at as due from event_outbox where name = 'people/digest' and data->>'userId' = $1 order by due_at",
    [userId],
  );

async function subscribed(name: string) {
  const member = await checker(name);
  const next = await chooseDigest(member.actor, daily);
  const due: DigestDue = { organizationId: north.id, userId: member.userId, at: next ?? "" };
  return { ...member, due, at: Date.parse(due.at) };
}

describe("A17 a digest", () => {
  it("comes at its time with what waits then, and the next one is planned", async () => {
    const kim = await subscribed("kim");
    expect(await planned(kim.userId)).toEqual([{ data: kim.due, due: new Date(kim.at) }]);
    expect(await emailChoice(kim.actor)).toEqual({ email: "each", digest: daily, nextDigest: kim.due.at });
    await ask({ request: { headline: "Refund $120 to Jane" } });
    expect(await sendDigest(kim.due, kim.at + 1_000)).toBe(true);
    const mails = await digests(kim.email);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.body).toContain("Refund $120 to Jane");
    expect(mails[0]?.body).toContain("/settings/notifications");
    const [next] = await planned(kim.userId);
    expect([next?.due.getTime(), (await emailChoice(kim.actor)).nextDigest]).toEqual([
      expect.toSatisfy((at: number) => at > kim.at && at <= kim.at + 25 * 3_600_000),
      next?.due.toISOString(),
    ]);
    expect(
      await query(
        "select from event_outbox e join deliveries d on e.data->>'deliveryId' = d.id::text where d.address = $1 and d.subject = $2",
        [kim.email, mails[0]?.subject],
      ),
    ).toHaveLength(1);
  });

  it("is sent once, by however many processes it is tried, and again after a restart", async () => {
    const lee = await subscribed("lee");
    await ask({ request: { headline: "Once" } });
    const tries = await Promise.all(Array.from({ length: 6 }, () => sendDigest(lee.due, lee.at)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await sendDigest(lee.due, lee.at + 60_000)).toBe(false);
    expect(await digests(lee.email)).toHaveLength(1);
    expect(await planned(lee.userId)).toHaveLength(1);
  });

  it("is not sent where nothing waits, on another day, after it was changed or switched off", async () => {
    const viewer = await checker("looks", "viewer");
    const next = (await chooseDigest(viewer.actor, daily)) ?? "";
    const due = { organizationId: north.id, userId: viewer.userId, at: next };
    expect(await sendDigest(due, Date.parse(next))).toBe(true);
    expect(await digests(viewer.email)).toEqual([]);

    const max = await subscribed("max");
    await ask({ request: { headline: "Late" } });
    expect(await sendDigest(max.due, max.at + 30 * 3_600_000)).toBe(true);
    const [tomorrow] = await planned(max.userId);
    expect(tomorrow?.due.getTime()).toBeGreaterThan(max.at + 30 * 3_600_000);
    const later = await chooseDigest(max.actor, { ...daily, at: "09:15" });
    expect(await planned(max.userId)).toMatchObject([{ data: { at: later } }]);
    expect(tomorrow && (await sendDigest(tomorrow.data))).toBe(false);
    await chooseDigest(max.actor, null);
    expect(await planned(max.userId)).toEqual([]);
    expect(await sendDigest({ ...max.due, at: later ?? "" })).toBe(false);
    expect(await digests(max.email)).toEqual([]);
    expect(await emailChoice(max.actor)).toEqual({ email: "each", digest: null, nextDigest: null });
  });

  it("ends with whoever left", async () => {
    const ned = await subscribed("ned");
    await ask({ request: { headline: "Gone" } });
    await deactivate(ned);
    expect(await sendDigest(ned.due, ned.at)).toBe(false);
    expect([await digests(ned.email), await planned(ned.userId)]).toEqual([[], []]);
  });
});
