import { addIsoDuration, isDuration } from "@/core/schedule/duration";
import { parseInstant } from "@/core/schedule/instant";
import type { Json } from "@/core/json";
import { notADuration, waitFault } from "@/core/workflow/waiting-fields";
import { asText } from "./outcome";

export type DueTime = { ok: true; dueAt: number | undefined } | { ok: false; message: string };

/** When a wait with `timeoutHours` or a filled-in `timeout` (ISO-8601) falls due; undefined = no limit. */
export function dueTime(now: number, timeoutHours: number | undefined, timeout: Json | undefined): DueTime {
  if (timeoutHours !== undefined) return within(now, timeoutHours * 3_600_000, `${String(timeoutHours)} hours`);
  const text = asText(timeout).trim();
  if (text === "") return { ok: true, dueAt: undefined };
  return after(now, text);
}

/** The time an ISO-8601 duration from now; a month from 31 January is the last of February. */
export function after(now: number, text: string): DueTime {
  if (!isDuration(text)) return { ok: false, message: notADuration(text) };
  // Beyond what a calendar can count.
  return within(now, (addIsoDuration(now, text) ?? Infinity) - now, text);
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
