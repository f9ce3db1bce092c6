const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;
const year = 365 * day;

/** Shorter than this is noise next to a result. */
export const worthSayingMs = 50;

/** "just now", "2m ago", "3d ago", "2w ago"; in the future "in 3h". */
export function relativeWords(at: number, now: number): string {
  const distance = Math.abs(at - now);
  if (distance < 10 * second) return at > now ? "in a moment" : "just now";
  const words = spanWords(distance);
  return at > now ? `in ${words}` : `${words} ago`;
}

/** The largest unit only: "45s", "2m", "5h", "3d", "2w", "1y". */
export function spanWords(ms: number): string {
  const unit = units.find(([size]) => ms >= size) ?? ([second, "s"] as const);
  return `${Math.max(1, Math.floor(ms / unit[0]))}${unit[1]}`;
}

/** "0.3s", "12s", "4m 10s", "2h 5m", "3d 4h": how long something took. */
export function durationWords(ms: number): string {
  if (ms < 10 * second) return `${(Math.max(ms, 0) / second).toFixed(1)}s`;
  if (ms < minute) return `${Math.round(ms / second)}s`;
  if (ms < hour) return pair(ms, minute, "m", second, "s");
  if (ms < day) return pair(ms, hour, "h", minute, "m");
  return pair(ms, day, "d", hour, "h");
}

/** "14:02" today, otherwise "21 Nov, 14:02", in the viewer's zone unless one is given. */
export function clockWords(at: number, now: number, timeZone?: string): string {
  const dayOf = (time: number) => new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone }).format(time);
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone }).format(at);
  if (dayOf(at) === dayOf(now)) return time;
  return `${new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone }).format(at)}, ${time}`;
}

/** The exact time with its zone, for tooltips. */
export function exactWords(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long", timeZone }).format(at);
}

const units = [
  [year, "y"],
  [week, "w"],
  [day, "d"],
  [hour, "h"],
  [minute, "m"],
  [second, "s"],
] as const;

function pair(ms: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((ms % big) / small);
  const head = `${Math.floor(ms / big)}${bigUnit}`;
  return rest === 0 ? head : `${head} ${rest}${smallUnit}`;
}
