/** A moment or a time of day as somebody writes it where they are. */
export type LocalTime = { ok: true; value: string } | { ok: false; problem: string };

/** What the browser's control of a date and time says, with the offset that is in force there and then: `2026-11-21T14:00:00+05:45`. */
export function readLocalDateTime(text: string): LocalTime {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return { ok: false, problem: "Enter a date and a time." };
  // 30 February, and the hour that is skipped in spring, would silently become another time.
  if (showLocalDateTime(at.toISOString()) !== text.slice(0, 16))
    return { ok: false, problem: "This time does not exist. Check the day and the hour." };
  const seconds = /^:\d\d/.exec(text.slice(16))?.[0] ?? ":00";
  return { ok: true, value: `${text.slice(0, 16)}${seconds}${offsetAt(at)}` };
}

/** An ISO time as the browser's control wants it: local, without a zone. */
export function showLocalDateTime(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** A time of day; `zoned`: with the offset that is in force today, since the format asks for one. */
export function readTimeOfDay(text: string, zoned: boolean): LocalTime {
  const [, hours, minutes, seconds = "00"] = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59)
    return { ok: false, problem: "Write a time such as 14:30." };
  const time = `${hours}:${minutes}`;
  return { ok: true, value: zoned ? `${time}:${seconds}${offsetAt(new Date())}` : time };
}

export function showTimeOfDay(value: string): string {
  return /^\d\d:\d\d/.exec(value)?.[0] ?? "";
}

/** Whose time it is, e.g. "Europe/Vienna (UTC+01:00)". `text`: what stands in the control, as the offset depends on the day. */
export function zoneWords(text: string): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const at = new Date(text);
  return `Time zone: ${zone.replaceAll("_", " ")} (UTC${offsetAt(Number.isNaN(at.getTime()) ? new Date() : at)}).`;
}

function offsetAt(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const size = Math.abs(minutes);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
