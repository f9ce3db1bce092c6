import { describe, expect, it } from "vitest";
import { ask, checker, query } from "@/server/modules/approvals/undecidable.testkit";
import { askedEvents, mailsTo, noticesOf, tellNow } from "./told.testkit";

const hour = 3_600_000;
const inHours = (hours: number): string => new Date(Date.now() + hours * hour).toISOString();

/** Lets the time of the next reminder have come. */
const timePasses = (id: string) =>
  query(
    `update event_outbox set due_at = now() - interval '1 second' where id = (
      select id from event_outbox where name = 'people/asked' and data->>'waitpointId' = $1 and due_at > now() order by due_at limit 1)`,
    [id],
  );

async function askWithReminders(request: object = {}): Promise<string> {
  const { id } = await ask({ request: { headline: "Refund", remindAt: [inHours(2), inHours(3)], ...request } });
  await query("update waitpoints set due_at = now() + interval '4 hours' where id = $1", [id]);
  return id;
}

describe("A17 reminders", () => {
  it("lie in the outbox until their time, and say how long is left", async () => {
    const kim = await checker("kim");
    const id = await askWithReminders();
    expect((await askedEvents(id, { due: false })).map(({ reason }) => reason)).toEqual([
      "asked",
      "reminder",
      "reminder",
    ]);
    expect(await tellNow(id)).toBe(1);
    expect(await tellNow(id)).toBe(0);
    await timePasses(id);
    await query("update waitpoints set due_at = now() + interval '2 hours 10 seconds' where id = $1", [id]);
    expect(await tellNow(id)).toBe(1);
    await timePasses(id);
    expect(await tellNow(id)).toBe(1);
    expect((await noticesOf(id)).map(({ reason }) => reason)).toEqual(["asked", "reminder", "reminder"]);
    expect((await mailsTo(kim.email))[1]).toMatchObject({
      subject: "Reminder, 2 hours left: Refund",
      body: expect.stringContaining("It still waits. Time left: 2 hours.") as string,
    });
  });

  it("are gone once it is answered", async () => {
    await checker("kim");
    const id = await askWithReminders();
    await tellNow(id);
    await query("update waitpoints set status = 'resolved', outcome = 'approved', resolved_at = now() where id = $1", [
      id,
    ]);
    expect(await askedEvents(id, { due: false })).toEqual([]);
  });

  it("go to those who are asked by then, and to nobody who decided already", async () => {
    const [kim, lee] = [await checker("kim"), await checker("lee")];
    const id = await askWithReminders();
    await tellNow(id);
    await query("update waitpoints set votes = jsonb_build_array($2::jsonb) where id = $1", [
      id,
      { people: [kim.userId], byId: kim.userId, byName: "Kim", decision: "approved", at: inHours(0) },
    ]);
    await timePasses(id);
    await tellNow(id);
    expect((await noticesOf(id)).filter(({ reason }) => reason === "reminder").map(({ userId }) => userId)).toEqual([
      lee.userId,
    ]);
    await query("update waitpoints set given_decision = $2, effective_at = now() where id = $1", [
      id,
      { outcome: "approved", resolution: {}, byId: lee.userId, byName: "Lee", via: "ui", at: inHours(0) },
    ]);
    await timePasses(id);
    expect(await tellNow(id)).toBe(0);
  });

  it("that lie in the past are left out, and each is one however often it is written", async () => {
    const { id } = await ask({
      request: { remindAt: [inHours(-1), inHours(1), inHours(1)].map((at) => at.slice(0, 16) + ":00.000Z") },
    });
    expect((await askedEvents(id, { due: false })).filter(({ reason }) => reason === "reminder")).toHaveLength(1);
  });

  it("of tests are none", async () => {
    const { id } = await ask({ test: true, request: { remindAt: [inHours(1)] } });
    expect(await askedEvents(id, { due: false })).toEqual([]);
  });
});
