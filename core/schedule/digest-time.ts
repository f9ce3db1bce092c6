import { Temporal } from "temporal-polyfill";
import { weekdays } from "./calendar";
import type { Digest } from "./digest";
import { momentOf } from "./working-day";

/** When a digest is due next after this moment, ms since epoch. Where the clock jumps over its time, it comes with the jump. */
export function nextDigest({ at, days, zone }: Digest, after: number): number {
  const today = dateIn(zone, after);
  // Of a week, and of the day of next week that is the same as today.
  for (let ahead = 0; ahead <= weekdays.length; ahead += 1) {
    const date = today.add({ days: ahead });
    const day = weekdays[date.dayOfWeek - 1];
    const moment = day !== undefined && days.includes(day) ? momentOf(zone, date, at) : after;
    if (moment > after) return moment;
  }
  throw new Error("A digest has at least one day");
}

/** Whether both are on the same day there. */
export function isSameDay(zone: string, one: number, other: number): boolean {
  return dateIn(zone, one).equals(dateIn(zone, other));
}

function dateIn(zone: string, at: number): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
}
