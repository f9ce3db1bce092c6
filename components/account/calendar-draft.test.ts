import { expect, test } from "vitest";
import { byWeekday } from "@/core/schedule/calendar";
import { draftOf, freeSlug, newCalendar, nextInterval, readCalendar, type CalendarDraft } from "./calendar-draft";

const draft = (more: Partial<CalendarDraft> = {}): CalendarDraft => ({
  ...newCalendar("Europe/Berlin", false),
  name: "Office",
  ...more,
});

test("a new calendar is open from Monday to Friday", () => {
  const read = readCalendar(draft());
  expect(read).toMatchObject({ ok: true, body: { name: "Office", zone: "Europe/Berlin", holidays: [] } });
  expect(read.ok && Object.keys(read.body.hours)).toEqual(["monday", "tuesday", "wednesday", "thursday", "friday"]);
});

test("what is saved comes back as it was typed: to midnight, holidays of a year and of every year", () => {
  const typed = draft({
    hours: { ...draft().hours, saturday: [{ from: "18:00", to: "00:00" }] },
    holidays: "2026-12-24 Christmas Eve\n12-25 Christmas\n02-29 Leap day",
  });
  const read = readCalendar(typed);
  if (!read.ok) throw new Error("refused");
  expect(read.body.hours.saturday).toEqual([{ from: "18:00", to: "24:00" }]);
  expect(read.body.holidays).toContainEqual({ date: "2024-12-25", name: "Christmas", yearly: true });
  const item = { slug: "office", revision: 1, updated_at: "", updated_by: "", teams: [], used_by: [], ...read.body };
  expect(draftOf(item)).toEqual(typed);
});

test.each<[Partial<CalendarDraft>, string]>([
  [{ name: " " }, "name"],
  [{ zone: "Moon/Base" }, "zone"],
  [{ holidays: "2026-12-25 Christmas\nsoon Easter" }, "holidays"],
  [{ holidays: "2026-13-25 Christmas" }, "holidays"],
  [{ holidays: "2026-02-30 Christmas" }, "holidays"],
  [{ hours: { ...draft().hours, tuesday: [{ from: "17:00", to: "09:00" }] } }, "tuesday"],
  [{ hours: { ...draft().hours, tuesday: [{ from: "", to: "09:00" }] } }, "tuesday"],
])("%j is refused at its %s", (more, field) => {
  const read = readCalendar(draft(more));
  expect(read.ok ? [] : Object.keys(read.problems)).toEqual([field]);
});

test("a calendar that is always closed is refused", () => {
  expect(readCalendar(draft({ hours: byWeekday(() => []) }))).toMatchObject({
    ok: false,
    problems: { monday: expect.stringContaining("Nobody would ever work") as string },
  });
});

test("more hours of a day begin where the last ones end", () => {
  expect(nextInterval([])).toEqual({ from: "09:00", to: "17:00" });
  expect(nextInterval([{ from: "09:00", to: "12:00" }])).toEqual({ from: "12:00", to: "00:00" });
});

test.each([
  ["Büro Süd", [], "buro-sud"],
  ["Office", ["office", "office-2"], "office-3"],
  ["24/7", [], "hours-24-7"],
  ["東京", [], "hours"],
  ["Team", [], "team-2"],
])("steps will call %j, where there are %j, %s", (name, taken, slug) => {
  expect(freeSlug(name, taken)).toBe(slug);
});
