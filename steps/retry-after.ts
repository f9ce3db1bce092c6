const longestMs = 86_400_000;

/** What a service asked for, and what is done, ms. */
export interface RetryAfter {
  askedMs: number;
  /** At most a day: a typing error of the other side must not park a run for weeks. */
  waitMs: number;
}

/** A `Retry-After` header, seconds or an HTTP date; null when there is none that can be read. */
export function retryAfter(header: string | undefined, now: number): RetryAfter | null {
  if (header === undefined) return null;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  if (Number.isNaN(ms)) return null;
  const askedMs = Math.max(ms, 0);
  return { askedMs, waitMs: Math.min(askedMs, longestMs) };
}

/** One sentence for the person who looks at the step. */
export function retryAfterWords({ askedMs, waitMs }: RetryAfter): string {
  const asked = `It asks to be called again in ${durationWords(askedMs)}`;
  return askedMs > waitMs ? `${asked}; a next try comes after ${durationWords(waitMs)} at the latest.` : `${asked}.`;
}

const units: readonly (readonly [ms: number, word: string])[] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1_000, "second"],
];

function durationWords(ms: number): string {
  const [size, word] = units.find(([unit]) => ms >= 2 * unit) ?? [1_000, "second"];
  const count = Math.round(ms / size);
  return `${String(count)} ${word}${count === 1 ? "" : "s"}`;
}
