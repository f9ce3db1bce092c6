const units: Record<string, number> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };
const durationPattern = /^(?:\d+[wdhms])+$/;

/** Reads the SDK's time texts: `1d2h3m4s`, an ISO date, or nothing (now). Returns ms since epoch; null when it is neither. */
export function timeFromText(text: string, now: number): number | null {
  if (text === "") return now;
  if (durationPattern.test(text)) return now + durationFromText(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

/** `1h30m` -> ms. Unknown parts count nothing. */
export function durationFromText(text: string): number {
  return [...text.matchAll(/(\d+)([wdhms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ""] ?? 0),
    0,
  );
}
