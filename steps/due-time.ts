import type { WorkingCalendar } from "@/core/schedule/calendar";
import { addIsoDuration, isDuration } from "@/core/schedule/duration";
import { parseInstant } from "@/core/schedule/instant";
import { addWorkingDuration, addWorkingTime } from "@/core/schedule/working-time";
import type { Json } from "@/core/json";
import { notADuration, waitFault } from "@/core/workflow/waiting-fields";
import { asText } from "./outcome";

export type DueTime = { ok: true; dueAt: number | undefined } | { ok: false; message: string };

/**
 * When a wait with `timeoutHours` or a filled-in `timeout` (ISO-8601) falls due; undefined = no limit.
 *
 * @param calendar counts working time by it; null: every hour counts
 */
export function dueTime(
  now: number,
  timeoutHours: number | undefined,
  timeout: Json | undefined,
  calendar: WorkingCalendar | null,
): DueTime {
  if (timeoutHours !== undefined) {
    const length = timeoutHours * 3_600_000;
    const words = `${String(timeoutHours)} hours`;
    const plain = within(now, length, words);
    return calendar === null || !plain.ok ? plain : workingUntil(addWorkingTime(calendar, now, length), words);
  }
  const text = asText(timeout).trim();
  if (text === "") return { ok: true, dueAt: undefined };
  return after(now, text, calendar);
}

/** The time an ISO-8601 duration from now; a month from 31 January is the last of February. By a calendar, days are working days. */
export function after(now: number, text: string, calendar: WorkingCalendar | null): DueTime {
  if (!isDuration(text)) return { ok: false, message: notADuration(text) };
  // Beyond what a calendar can count.
  const plain = within(now, (addIsoDuration(now, text) ?? Infinity) - now, text);
  return calendar === null || !plain.ok ? plain : workingUntil(addWorkingDuration(calendar, now, text), text);
}

function workingUntil(end: number | null, text: string): DueTime {
  return end === null
    ? { ok: false, message: `"${text}" of working time is more than ten years. Give a shorter time.` }
    : { ok: true, dueAt: Math.round(end) };
}

/** A point in time given as ISO-8601 text (UTC when it names no zone) or as Unix time in seconds or ms. */
export function pointInTime(value: Json): number | null {
  if (typeof value === "number") return value < 100_000_000_000 ? value * 1000 : value;
  return typeof value === "string" ? parseInstant(value) : null;
}

export function within(now: number, duration: number, text: string): DueTime {
  const fault = waitFault(duration, text);
  return fault !== null ? { ok: false, message: fault } : { ok: true, dueAt: Math.round(now + duration) };
}
