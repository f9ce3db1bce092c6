const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** From the shortest on: what lasts no longer is said so. */
const spans: readonly (readonly [most: number, words: string])[] = [
  [10 * minute, "within minutes"],
  [hour, "within an hour"],
  [2 * hour, "within 2 hours"],
  [4 * hour, "within 4 hours"],
  [8 * hour, "within 8 hours"],
  [day, "within a day"],
  [2 * day, "within 1 to 2 days"],
  [3 * day, "within 2 to 3 days"],
  [5 * day, "within 3 to 5 days"],
  [7 * day, "within a week"],
  [14 * day, "within 1 to 2 weeks"],
  [31 * day, "within 2 to 4 weeks"],
];

/** How long something takes as a rule, so that "usually …" is a promise one can keep: never shorter than it is. `ms`: the median. */
export function usualWords(ms: number): string {
  return spans.find(([most]) => ms <= most)?.[1] ?? "after more than a month";
}
