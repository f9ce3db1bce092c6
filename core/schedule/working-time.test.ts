import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, it } from "vitest";
import { weekdays, type Holiday, type WorkingCalendar, type WorkingInterval } from "./calendar";
import {
  addWorkingDuration,
  addWorkingTime,
  afterPause,
  workingDurationBefore,
  workingTimeBetween,
} from "./working-time";

const hourMs = 3_600_000;
const minuteMs = 60_000;
const nineToFive = [{ from: "09:00", to: "17:00" }];

function office(zone: string, holidays: Holiday[] = []): WorkingCalendar {
  return { zone, hours: Object.fromEntries(weekdays.slice(0, 5).map((day) => [day, nineToFive])), holidays };
}

function at(local: string, zone = "Europe/Berlin"): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
}

function local(moment: number | null, zone = "Europe/Berlin"): string | null {
  if (moment === null) return null;
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainDateTime().toString();
}

it("4 working hours from Friday 16:00 in Berlin end on Monday at 12:00, and on Tuesday when Monday is a holiday", () => {
  const friday = at("2026-12-04T16:00");
  expect(local(addWorkingTime(office("Europe/Berlin"), friday, 4 * hourMs))).toBe("2026-12-07T12:00:00");
  const closed = office("Europe/Berlin", [{ date: "2026-12-07", name: "Founding day" }]);
  expect(local(addWorkingTime(closed, friday, 4 * hourMs))).toBe("2026-12-08T12:00:00");
  expect(local(addWorkingDuration(closed, friday, "PT4H"))).toBe("2026-12-08T12:00:00");
});

it.each([
  ["2026-12-04T16:00", "P1D", "2026-12-07T16:00:00"],
  ["2026-12-04T17:00", "P1D", "2026-12-07T17:00:00"],
  ["2026-12-05T12:00", "P1D", "2026-12-07T12:00:00"],
  ["2026-12-04T18:00", "P1D", "2026-12-08T09:00:00"],
  ["2026-11-05T10:00", "P1M", "2026-12-07T09:00:00"],
  ["2026-12-04T16:00", "P1W", "2026-12-11T16:00:00"],
  ["2026-12-04T16:00", "P1DT2H", "2026-12-08T10:00:00"],
  ["2026-12-24T16:00", "PT2H", "2026-12-28T10:00:00"],
  ["2026-12-04T16:00", "soon", null],
  ["2026-12-04T16:00", "-PT1H", null],
])("from %s, %s of working time ends %s", (from, iso, end) => {
  const calendar = office("Europe/Berlin", [{ date: "2020-12-25", name: "Christmas", yearly: true }]);
  expect(local(addWorkingDuration(calendar, at(from), iso))).toBe(end);
});

it.each([
  ["2026-12-07T12:00", "PT4H", "2026-12-04T16:00:00"],
  ["2026-12-07T12:00", "PT1H", "2026-12-07T11:00:00"],
  ["2026-12-07T12:00", "P1D", "2026-12-04T12:00:00"],
  ["2026-12-28T12:00", "P1D", "2026-12-24T12:00:00"],
  ["2026-12-14T12:00", "P1W", "2026-12-07T12:00:00"],
  ["2026-12-07T12:00", "P1DT4H", "2026-12-03T16:00:00"],
  ["2026-12-07T12:00", "P2M", null],
  ["2026-12-07T12:00", "PT400H", null],
  ["2026-12-07T12:00", "soon", null],
  ["2026-12-07T12:00", "-PT1H", null],
])("as long as %2$s of working time before %1$s", (end, iso, before) => {
  const calendar = office("Europe/Berlin", [{ date: "2020-12-25", name: "Christmas", yearly: true }]);
  expect(local(workingDurationBefore(calendar, { from: at("2026-11-30T09:00"), end: at(end) }, iso))).toBe(before);
});

it("what stood still comes as many working hours later as were left of it, and by the clock where every hour counts", () => {
  const pause = { from: at("2026-12-04T16:00"), until: at("2026-12-07T15:00") };
  const later = (moment: string) => local(afterPause(office("Europe/Berlin"), at(moment), pause));
  expect(later("2026-12-07T12:00")).toBe("2026-12-08T11:00:00");
  expect(later("2026-12-04T16:30")).toBe("2026-12-07T15:30:00");
  expect(later("2026-12-04T15:00")).toBe("2026-12-04T15:00:00");
  expect(local(afterPause(null, at("2026-12-07T12:00"), pause))).toBe("2026-12-10T11:00:00");
});

it("a calendar that is always closed has no moment to end at", () => {
  const closed: WorkingCalendar = { zone: "UTC", hours: {}, holidays: [] };
  expect(addWorkingTime(closed, 0, 1)).toBeNull();
  expect(addWorkingDuration(closed, 0, "P1D")).toBeNull();
  expect(addWorkingDuration(closed, 0, "P1M")).toBeNull();
});

it("working time that takes more than ten years has no end", () => {
  const from = at("2026-12-04T16:00");
  expect(local(addWorkingTime(office("Europe/Berlin"), from, 9 * 2_080 * hourMs))).toBe("2035-11-23T16:00:00");
  expect(addWorkingTime(office("Europe/Berlin"), from, 11 * 2_080 * hourMs)).toBeNull();
});

it("a night shift is an hour shorter when the clock goes forward and an hour longer when it goes back", () => {
  const allDay = [{ from: "00:00", to: "24:00" }];
  const night: WorkingCalendar = { zone: "Europe/Berlin", hours: { sunday: allDay }, holidays: [] };
  const day = (date: string, next: string) => workingTimeBetween(night, at(`${date}T00:00`), at(`${next}T00:00`));
  expect(day("2026-03-28", "2026-03-31")).toBe(23 * hourMs);
  expect(day("2026-10-24", "2026-10-27")).toBe(25 * hourMs);
});

const clockTime = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const intervals: fc.Arbitrary<WorkingInterval[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 48 }), { minLength: 0, maxLength: 4 })
  .map((halves) => {
    const sorted = halves.sort((a, b) => a - b).map((half) => clockTime(half * 30));
    return sorted.flatMap((from, index) => {
      const to = sorted[index + 1];
      return index % 2 === 0 && to !== undefined ? [{ from, to }] : [];
    });
  });
/** Days around changes of the clock: by an hour, by half an hour, at midnight, over a whole day. */
const places = fc.constantFrom(
  ["Europe/Berlin", "2026-03-27"],
  ["Europe/Berlin", "2026-10-23"],
  ["Australia/Lord_Howe", "2026-04-03"],
  ["Australia/Lord_Howe", "2026-10-02"],
  ["America/Santiago", "2026-09-04"],
  ["America/Santiago", "2026-04-03"],
  ["America/Havana", "2025-10-31"],
  ["Pacific/Apia", "2011-12-28"],
  ["Asia/Kathmandu", "2026-12-04"],
);
const cases = fc.record({
  place: places,
  week: fc.array(intervals, { minLength: 7, maxLength: 7 }),
  holiday: fc.integer({ min: 0, max: 4 }),
  first: fc.integer({ min: 0, max: 3 * 1_440 }),
  length: fc.integer({ min: 0, max: 3 * 1_440 }),
});

function calendarOf(zone: string, start: string, week: WorkingInterval[][], holiday: number): WorkingCalendar {
  const date = Temporal.PlainDate.from(start).add({ days: holiday }).toString();
  const hours = Object.fromEntries(week.map((each, index) => [weekdays[index] ?? "", each]));
  return { zone, hours, holidays: [{ date, name: "Closed" }] };
}

/** Minute by minute: what the clock has shown at most so far decides, so an hour that comes twice belongs to what began in it. */
function slowly(calendar: WorkingCalendar, midnight: number, start: number, end: number): number {
  const clock = (moment: number) =>
    Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(calendar.zone).toPlainDateTime();
  let shown = clock(midnight);
  let sum = 0;
  for (let moment = midnight; moment < end; moment += minuteMs) {
    const now = clock(moment);
    if (Temporal.PlainDateTime.compare(now, shown) > 0) shown = now;
    const time = shown.toPlainTime().toString().slice(0, 5);
    const isHoliday = calendar.holidays.some(({ date }) => date === shown.toPlainDate().toString());
    const open = (calendar.hours[weekdays[shown.dayOfWeek - 1] ?? "monday"] ?? []).some(
      ({ from, to }) => from <= time && time < to,
    );
    if (moment >= start && open && !isHoliday) sum += minuteMs;
  }
  return sum;
}

it("the working time between two moments is what counting every minute gives", () => {
  fc.assert(
    fc.property(cases, ({ place: [zone = "", day = ""], week, holiday, first, length }) => {
      const calendar = calendarOf(zone, day, week, holiday);
      const midnight = at(`${day}T00:00`, zone);
      const start = midnight + first * minuteMs;
      const end = start + length * minuteMs;
      expect(workingTimeBetween(calendar, start, end)).toBe(slowly(calendar, midnight, start, end));
    }),
    { numRuns: 25 },
  );
});

it("working time that is added lies between, to the millisecond, over days and over years", () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 2_000 * hourMs }), (each, length) => {
      const { week, first } = each;
      const [zone = "", day = ""] = each.place;
      const calendar = calendarOf(zone, day, week, 2);
      const start = at(`${day}T00:00`, zone) + first * minuteMs;
      const end = addWorkingTime(calendar, start, length);
      if (end !== null) expect(workingTimeBetween(calendar, start, end)).toBe(length);
    }),
    { numRuns: 60 },
  );
});
