import type { Temporal } from "temporal-polyfill";
import { weekdays, type WorkingCalendar, type WorkingInterval } from "@/core/schedule/calendar";

/** A stretch of working time, ms since epoch; the end is not part of it. */
export interface Span {
  start: number;
  end: number;
}

/** The days of one calendar: its holidays looked up, its clock changes known. */
export interface WorkingDays {
  intervalsOf: (date: Temporal.PlainDate) => readonly WorkingInterval[];
  spansOf: (date: Temporal.PlainDate) => Span[];
  /** Working time of a day on which the clock does not change, ms. */
  plainLength: (date: Temporal.PlainDate) => number;
}

const minuteMs = 60_000;

export function workingDays({ zone, hours, holidays }: WorkingCalendar): WorkingDays {
  const once = new Set(holidays.filter((each) => each.yearly !== true).map((each) => each.date));
  const yearly = new Set(holidays.filter((each) => each.yearly === true).map((each) => each.date.slice(5)));
  const intervalsOf = (date: Temporal.PlainDate): readonly WorkingInterval[] => {
    const text = date.toString();
    const weekday = weekdays[date.dayOfWeek - 1];
    return once.has(text) || yearly.has(text.slice(5)) || weekday === undefined ? [] : (hours[weekday] ?? []);
  };
  return {
    intervalsOf,
    spansOf: (date) =>
      intervalsOf(date)
        .map(({ from, to }) => ({ start: momentOf(zone, date, from), end: momentOf(zone, date, to) }))
        .filter(({ start, end }) => end > start),
    plainLength: (date) =>
      intervalsOf(date).reduce((sum, { from, to }) => sum + (minutesOf(to) - minutesOf(from)) * minuteMs, 0),
  };
}

/** The first moment at which the clock of the zone has reached a time of day: the jump itself when it is jumped over. */
export function momentOf(zone: string, date: Temporal.PlainDate, time: string): number {
  const minutes = minutesOf(time);
  const wanted = date.toPlainDateTime().add({ minutes });
  const found = wanted.toZonedDateTime(zone, { disambiguation: "compatible" });
  if (found.toPlainDateTime().equals(wanted)) return found.epochMilliseconds;
  const before = wanted.toZonedDateTime(zone, { disambiguation: "earlier" });
  return (before.getTimeZoneTransition("next") ?? found).epochMilliseconds;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
