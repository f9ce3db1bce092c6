import { Temporal } from "temporal-polyfill";
import { readDuration } from "@/core/schedule/duration";
import type { WorkingCalendar } from "@/core/schedule/calendar";
import { workingDays, type WorkingDays } from "@/core/schedule/working-day";

/** Ten years and a day to spare. */
const mostDays = 3_654;

/** The moment `length` ms of working time after `from`; null when that is not within ten years. No length: `from` itself. */
export function addWorkingTime(calendar: WorkingCalendar, from: number, length: number): number | null {
  if (!Number.isFinite(from) || !Number.isFinite(length)) return null;
  if (length <= 0) return from;
  const days = workingDays(calendar);
  const clockChanges = clockChangeDates(calendar.zone, from);
  let left = length;
  let date = zoned(calendar, from).toPlainDate();
  for (let count = 0; count <= mostDays; count += 1, date = date.add({ days: 1 })) {
    const plain = days.plainLength(date);
    // Whole days are only subtracted: asking the zone for each day of ten years takes long.
    if (count > 0 && plain < left && !clockChanges(date)) {
      left -= plain;
      continue;
    }
    for (const { start, end } of days.spansOf(date)) {
      const begin = Math.max(start, from);
      if (end <= begin) continue;
      if (left <= end - begin) return begin + left;
      left -= end - begin;
    }
  }
  return null;
}

/** The working time from `start` to `end`, ms; 0 when `end` is not after `start`. */
export function workingTimeBetween(calendar: WorkingCalendar, start: number, end: number): number {
  if (!(end > start)) return 0;
  const days = workingDays(calendar);
  const clockChanges = clockChangeDates(calendar.zone, start);
  const last = zoned(calendar, end).toPlainDate();
  const first = zoned(calendar, start).toPlainDate();
  let sum = 0;
  for (let date = first; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    if (!date.equals(first) && !date.equals(last) && !clockChanges(date)) sum += days.plainLength(date);
    else
      for (const span of days.spansOf(date)) sum += Math.max(0, Math.min(span.end, end) - Math.max(span.start, start));
  }
  return sum;
}

/**
 * The moment an ISO-8601 duration after `from`. Years, months and weeks count by the calendar and move on to the next working
 * moment; days are working days at the same local time; hours and less are working time. Null: no duration, one that goes
 * backwards, or no such moment within ten years of each part.
 */
export function addWorkingDuration(calendar: WorkingCalendar, from: number, iso: string): number | null {
  const duration = readDuration(iso);
  if (duration === null || duration.sign < 0 || !Number.isFinite(from)) return null;
  const at = byTheCalendar(calendar, from, duration);
  return at === null ? null : addWorkingTime(calendar, at, clockPart(duration));
}

/** The moment as long before `end` as `addWorkingDuration` goes on; null where that is not after `from`. */
export function workingDurationBefore(
  calendar: WorkingCalendar,
  { from, end }: { from: number; end: number },
  iso: string,
): number | null {
  const duration = readDuration(iso);
  if (duration === null || duration.sign < 0 || !Number.isFinite(from) || !Number.isFinite(end)) return null;
  const at = byTheCalendar(calendar, end, duration.negated());
  if (at === null || at <= from) return null;
  const clock = clockPart(duration);
  if (clock === 0) return at;
  const length = workingTimeBetween(calendar, from, at) - clock;
  return length > 0 ? addWorkingTime(calendar, from, length) : null;
}

/** What was to happen at `moment` when the time stands still from `pause.from` until `pause.until`: as much later. */
export function afterPause(
  calendar: WorkingCalendar | null,
  moment: number,
  pause: { from: number; until: number },
): number {
  if (moment <= pause.from) return moment;
  const later = moment + (pause.until - pause.from);
  if (calendar === null) return later;
  return addWorkingTime(calendar, pause.until, workingTimeBetween(calendar, pause.from, moment)) ?? later;
}

function clockPart(duration: Temporal.Duration): number {
  return duration.with({ years: 0, months: 0, weeks: 0, days: 0 }).total("milliseconds");
}

/** Years to days of a duration from a moment on, or back from it where they are negative. */
function byTheCalendar(
  calendar: WorkingCalendar,
  from: number,
  { years, months, weeks, days }: Temporal.Duration,
): number | null {
  let at: number | null = from;
  try {
    if (years !== 0 || months !== 0 || weeks !== 0)
      at = settled(calendar, zoned(calendar, from).add({ years, months, weeks }).epochMilliseconds);
    if (at !== null && days !== 0) at = addWorkingDays(calendar, at, days);
    return at;
  } catch (error) {
    // Beyond what a calendar can count.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function addWorkingDays(calendar: WorkingCalendar, from: number, count: number): number | null {
  const days = workingDays(calendar);
  const start = zoned(calendar, from);
  let date = start.toPlainDate();
  let left = Math.abs(count);
  for (let passed = 0; passed < mostDays; passed += 1) {
    date = date.add({ days: Math.sign(count) });
    if (days.intervalsOf(date).length > 0) left -= 1;
    if (left > 0) continue;
    const moment = date.toZonedDateTime({ timeZone: calendar.zone, plainTime: start.toPlainTime() });
    return settled(calendar, moment.epochMilliseconds);
  }
  return null;
}

/** The moment itself when people work then or have just stopped, else the next at which they begin. */
function settled(calendar: WorkingCalendar, moment: number): number | null {
  const days = workingDays(calendar);
  let date = zoned(calendar, moment).toPlainDate();
  for (let count = 0; count <= mostDays; count += 1, date = date.add({ days: 1 })) {
    const span = openSpan(days, date, moment);
    if (span !== undefined) return Math.max(span.start, moment);
  }
  return null;
}

function openSpan(days: WorkingDays, date: Temporal.PlainDate, moment: number) {
  return days.intervalsOf(date).length === 0 ? undefined : days.spansOf(date).find(({ end }) => end >= moment);
}

function zoned({ zone }: WorkingCalendar, at: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.trunc(at)).toZonedDateTimeISO(zone);
}

/** Whether the clock changes on a date; the dates are asked for in ascending order, from the one of `from` on. */
function clockChangeDates(zone: string, from: number): (date: Temporal.PlainDate) => boolean {
  let next = Temporal.Instant.fromEpochMilliseconds(Math.trunc(from) - 1)
    .toZonedDateTimeISO(zone)
    .getTimeZoneTransition("next");
  return (date) => {
    while (next !== null && Temporal.PlainDate.compare(next.toPlainDate(), date) < 0)
      next = next.getTimeZoneTransition("next");
    if (next === null) return false;
    // A whole day can be jumped over: both sides of the jump count.
    return Temporal.PlainDate.compare(next.subtract({ nanoseconds: 1 }).toPlainDate(), date) <= 0;
  };
}
