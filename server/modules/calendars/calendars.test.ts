import { beforeEach, describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { byWeekday } from "@/core/schedule/calendar";
import { query, north } from "@/server/modules/approvals/undecidable.testkit";
import { createDirectoryPort } from "@/server/modules/directory/service";
import { listGroups, saveGroup } from "@/server/modules/members/service";
import { listCalendars, removeCalendar, setCalendar } from "./service";

const nineToFive = [{ from: "09:00", to: "17:00" }];
const office = {
  slug: "office",
  name: "Office hours",
  zone: "Europe/Berlin",
  hours: byWeekday((_, index) => (index < 5 ? nineToFive : undefined)),
  holidays: [{ date: "2024-12-25", name: "Christmas", yearly: true }],
  is_default: true,
};
const night = { ...office, slug: "night", name: "Night shift", is_default: false };
const owner = () => north.members.owner.actor;

beforeEach(async () => {
  await setCalendar(owner(), office);
});

describe("row 33 working calendars", () => {
  it("are made, changed and listed, and the log says what was different", async () => {
    const changed = await setCalendar(owner(), {
      ...office,
      zone: "Asia/Jakarta",
      holidays: [{ date: "2026-08-17", name: "Independence" }],
      revision: 1,
    });
    expect(changed).toMatchObject({ revision: 2, zone: "Asia/Jakarta", is_default: true, teams: [], used_by: [] });
    expect(await listCalendars(north.members.viewer.actor)).toEqual([changed]);
    const log = await query<{ action: string; data: object }>(
      "select action, data from audit_entries where organization_id = $1 and subject_type = 'calendar' order by id",
      [north.id],
    );
    expect(log).toMatchObject([
      { action: "calendar.created" },
      {
        action: "calendar.changed",
        data: {
          before: { zone: "Europe/Berlin" },
          after: { zone: "Asia/Jakarta" },
          holidays_added: ["2026-08-17 Independence"],
          holidays_removed: ["2024-12-25 Christmas (every year)"],
        },
      },
    ]);
  });

  it("are changed by administrators alone, with a recent password, and by one at a time", async () => {
    await expect(setCalendar(north.members.builder.actor, night)).rejects.toMatchObject({ code: "missing_scope" });
    const { session } = owner();
    if (!session) throw new Error("signed in");
    const stale = { ...owner(), session: { ...session, provenAt: new Date(0) } };
    await expect(setCalendar(stale, night)).rejects.toMatchObject({ code: "password_required" });
    await expect(removeCalendar(stale, "office")).rejects.toMatchObject({ code: "password_required" });
    await expect(setCalendar(owner(), { ...office, revision: 0 })).rejects.toMatchObject({ code: "conflict" });
    const both = await Promise.allSettled(
      [1, 2].map((n) => setCalendar(owner(), { ...office, name: `O ${n}`, revision: 1 })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("of which at most one is the organization's own, also when two become it at once", async () => {
    await Promise.all(["day", "night"].map((slug) => setCalendar(owner(), { ...office, slug, name: slug })));
    expect((await listCalendars(owner())).filter((calendar) => calendar.is_default)).toHaveLength(1);
  });

  it("belong to teams, and stay as long as one of them or a live workflow counts by them", async () => {
    await setCalendar(owner(), night);
    const { id } = await saveGroup(owner(), { kind: "team", id: null, name: "Night desk", calendar: "night" });
    const team = (await listGroups(owner())).find((group) => group.id === id);
    expect(team).toMatchObject({ kind: "team", calendar: "night" });
    await expect(removeCalendar(owner(), "night")).rejects.toMatchObject({
      code: "conflict",
      message: "“Night desk” works by this calendar. Give it another one first.",
    });
    const port = createDirectoryPort(owner().organizationId);
    expect(await port.calendar("team", [`team:${id}`])).toMatchObject({
      calendar: { slug: "night" },
      isMissing: false,
    });
    expect(await port.calendar("team", ["role:owner"])).toMatchObject({ calendar: { slug: "office" } });
    expect(await port.calendar("none", [])).toMatchObject({ calendar: { slug: "office" }, isMissing: true });
    await saveGroup(owner(), { kind: "team", id, name: "Night desk", calendar: null });
    await expect(
      saveGroup(owner(), { kind: "team", id, name: "Night desk", calendar: "nowhere" }),
    ).rejects.toMatchObject({ code: "validation_failed" });
    await removeCalendar(owner(), "night");
    await expect(removeCalendar(owner(), "night")).rejects.toMatchObject({ code: "not_found" });
  });

  it("are read and written over the API, and refused there with the field that is wrong", async () => {
    const { apiKey } = north.members.owner;
    const { slug, ...body } = night;
    expect(await rest(apiKey, "PUT", `/api/v1/calendars/${slug}`, body)).toMatchObject({
      status: 200,
      json: { slug, revision: 1 },
    });
    expect(await rest(apiKey, "GET", "/api/v1/calendars")).toMatchObject({
      status: 200,
      json: { calendars: [{ slug }, { slug: "office" }] },
    });
    expect(await rest(apiKey, "PUT", "/api/v1/calendars/team", body)).toMatchObject({ status: 422 });
    const wrong = { ...body, hours: { monday: [{ from: "17:00", to: "09:00" }] } };
    expect(await rest(apiKey, "PUT", `/api/v1/calendars/${slug}`, wrong)).toMatchObject({ status: 422 });
    expect(await rest(apiKey, "DELETE", `/api/v1/calendars/${slug}`)).toMatchObject({ status: 200 });
    expect(await rest(north.members.approver.apiKey, "DELETE", "/api/v1/calendars/office")).toMatchObject({
      status: 403,
    });
  });
});
