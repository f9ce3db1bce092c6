import { Temporal } from "temporal-polyfill";

/**
 * An ISO-8601 duration in milliseconds, or null when it is not one. Months and years have no fixed length, so they are
 * none here; see `addIsoDuration`. A day is 24 hours.
 */
export function parseDuration(iso: string): number | null {
  const duration = readDuration(iso);
  if (!duration || duration.years !== 0 || duration.months !== 0) return null;
  const { weeks, days, ...clock } = fieldsOf(duration);
  const milliseconds =
    (weeks * 7 + days) * dayMs +
    clock.hours * hourMs +
    clock.minutes * minuteMs +
    clock.seconds * secondMs +
    clock.milliseconds;
  return Number.isSafeInteger(milliseconds) ? milliseconds : null;
}

/** Whether a text is an ISO-8601 duration, months and years included. */
export function isDuration(iso: string): boolean {
  return readDuration(iso) !== null;
}

/** The instant `iso` after `at` (ms since epoch), by the UTC calendar: a month from 31 January is the last of February. */
export function addIsoDuration(at: number, iso: string): number | null {
  const duration = readDuration(iso);
  if (!duration || !Number.isFinite(at)) return null;
  try {
    return Temporal.Instant.fromEpochMilliseconds(Math.trunc(at)).toZonedDateTimeISO("UTC").add(duration)
      .epochMilliseconds;
  } catch {
    return null;
  }
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The parts of an ISO-8601 duration as written; null when the text is none. */
export function readDuration(iso: string): Temporal.Duration | null {
  if (iso.length > 100) return null;
  try {
    return Temporal.Duration.from(iso);
  } catch {
    return null;
  }
}

function fieldsOf(duration: Temporal.Duration) {
  const { weeks, days, hours, minutes, seconds } = duration;
  return {
    weeks,
    days,
    hours,
    minutes,
    seconds,
    milliseconds: duration.milliseconds + Math.trunc(duration.microseconds / 1000),
  };
}

/** "2 days and 3 hours"; the text itself when it is no duration. */
export function durationInWords(iso: string): string {
  const duration = readDuration(iso);
  if (!duration) return iso;
  const units = ["years", "months", "weeks", "days", "hours", "minutes", "seconds"] as const;
  const parts = units
    .filter((unit) => duration[unit] !== 0)
    .map((unit) => `${duration[unit].toLocaleString("en-US")} ${duration[unit] === 1 ? unit.slice(0, -1) : unit}`);
  const last = parts.pop() ?? "no time";
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}
