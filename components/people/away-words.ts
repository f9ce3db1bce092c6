import { clockWords } from "@/components/ui/time-words";

/** "away until 4 Dec, 09:00"; "away" where nobody knows until when. `until`: ISO-8601. */
export function awayWords(until: string | null, now: number = Date.now(), timeZone?: string): string {
  return until === null ? "away" : `away until ${clockWords(Date.parse(until), now, timeZone)}`;
}

/** "for Max, who is away until 4 Dec, 09:00": what a deputy reads on a card. */
export function standsInWords(
  { name, until }: { name: string; until: string | null },
  now?: number,
  timeZone?: string,
): string {
  return `for ${name}, who is ${awayWords(until, now, timeZone)}`;
}

/** A name to choose, marked where that person is away. */
export function awayMark(name: string, away: string | undefined): string {
  return away === undefined ? name : `${name} (${away})`;
}
