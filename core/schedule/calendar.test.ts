import { expect, test } from "vitest";
import { calendarSlugSchema, workingCalendarSchema } from "./calendar";
import { chooseCalendar, type KnownCalendar } from "./choose-calendar";
import { hoursWords } from "./hours-words";

const nineToFive = [{ from: "09:00", to: "17:00" }];

test.each([
  [{ zone: "Moon/Base", hours: { monday: nineToFive } }, "zone"],
  [{ zone: "UTC", hours: {} }, "hours"],
  [{ zone: "UTC", hours: { monday: [] } }, "hours"],
  [{ zone: "UTC", hours: { monday: nineToFive, someday: nineToFive } }, "hours"],
  [{ zone: "UTC", hours: { monday: [{ from: "17:00", to: "09:00" }] } }, "hours.monday.0.to"],
  [{ zone: "UTC", hours: { monday: [{ from: "9:00", to: "17:00" }] } }, "hours.monday.0.from"],
  [{ zone: "UTC", hours: { monday: [{ from: "09:00", to: "24:30" }] } }, "hours.monday.0.to"],
  [{ zone: "UTC", hours: { monday: [...nineToFive, { from: "16:00", to: "18:00" }] } }, "hours.monday"],
  [{ zone: "UTC", hours: { monday: nineToFive }, holidays: [{ date: "2026-02-30", name: "x" }] }, "holidays.0.date"],
  [{ zone: "UTC", hours: { monday: nineToFive }, holidays: [{ date: "2026-02-20", name: " " }] }, "holidays.0.name"],
])("a calendar like %j is refused at %s", (calendar, path) => {
  const read = workingCalendarSchema.safeParse(calendar);
  expect(read.error?.issues[0]?.path.join(".")).toBe(path);
});

test("hours may touch, and end with the day", () => {
  const touching = [...nineToFive, { from: "17:00", to: "24:00" }];
  expect(workingCalendarSchema.safeParse({ zone: "UTC", hours: { monday: touching } }).success).toBe(true);
});

test.each(["team", "Office", "-office", "", "a".repeat(61)])("a calendar is not called %j", (slug) => {
  expect(calendarSlugSchema.safeParse(slug).success).toBe(false);
});

const known = (slug: string, more: Partial<KnownCalendar> = {}): KnownCalendar => ({
  slug,
  name: slug,
  zone: "UTC",
  hours: { monday: nineToFive },
  holidays: [],
  isDefault: false,
  teams: [],
  ...more,
});
const all = [known("office", { isDefault: true }), known("night", { teams: ["n"] }), known("day", { teams: ["d"] })];

test.each<[named: string, asked: string[], slug: string | null, isMissing: boolean]>([
  ["night", [], "night", false],
  ["nowhere", ["team:n"], "office", true],
  ["team", ["role:x", "team:d", "team:n"], "day", false],
  ["team", ["team:other", "team:n"], "night", false],
  ["team", ["user:n"], "office", false],
])("a step that counts by %j and asks %j means %j", (named, asked, slug, isMissing) => {
  expect(chooseCalendar(all, named, asked)).toMatchObject({ calendar: { slug }, isMissing });
});

test("without a calendar of the organization every hour counts", () => {
  expect(chooseCalendar(all.slice(1), "team", ["team:x"])).toEqual({ calendar: null, isMissing: false });
  expect(chooseCalendar([], "night", [])).toEqual({ calendar: null, isMissing: true });
});

test("days with the same hours stand together", () => {
  const week = { monday: nineToFive, tuesday: nineToFive, thursday: nineToFive };
  expect(hoursWords({ hours: week })).toBe("Mon–Tue 09:00–17:00, Thu 09:00–17:00");
  expect(hoursWords({ hours: { sunday: [{ from: "00:00", to: "24:00" }] } })).toBe("Sun all day");
  const split = [
    { from: "09:00", to: "12:00" },
    { from: "13:00", to: "17:00" },
  ];
  expect(hoursWords({ hours: { friday: split, saturday: nineToFive } })).toBe(
    "Fri 09:00–12:00 and 13:00–17:00, Sat 09:00–17:00",
  );
});
