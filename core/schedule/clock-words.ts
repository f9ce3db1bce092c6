/** A time of day as it is said: `9`, `9am`, `9:30 pm`, `17:30`, `noon`. Null when it is not one. */
export function parseClock(text: string): { hour: number; minute: number } | null {
  const named = namedTimes.get(text);
  if (named) return named;
  const match = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?(?:\s*o'?clock)?$/.exec(text);
  if (!match) return null;
  const minute = Number(match[2] ?? 0);
  const hour = Number(match[1]);
  if (minute > 59) return null;
  if (!match[3]) return hour > 23 ? null : { hour, minute };
  if (hour < 1 || hour > 12) return null;
  return { hour: (hour % 12) + (match[3].startsWith("p") ? 12 : 0), minute };
}

const namedTimes: ReadonlyMap<string, { hour: number; minute: number }> = new Map([
  ["noon", { hour: 12, minute: 0 }],
  ["midday", { hour: 12, minute: 0 }],
  ["midnight", { hour: 0, minute: 0 }],
]);

/** Weekday words as cron's day-of-week field, or null: `monday and thursday`, `weekdays`, `mon-fri`, `monday to friday`. */
export function parseDays(text: string): string | null {
  const group = dayGroups.get(text);
  if (group) return group;
  const range = /^(\w+?)s?\s*(?:-|to|through|until)\s*(\w+?)s?$/.exec(text);
  if (range) {
    const from = dayNumber(range[1] ?? "");
    const to = dayNumber(range[2] ?? "");
    return from === null || to === null || from === to ? null : daysBetween(from, to);
  }
  const days = text
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s+/)
    .map((word) => dayNumber(word.replace(/s$/, "")) ?? dayNumber(word));
  if (days.some((day) => day === null)) return null;
  const numbers = days.filter((day) => day !== null);
  return [...new Set(numbers)].sort((a, b) => a - b).join(",");
}

const dayGroups: ReadonlyMap<string, string> = new Map([
  ["weekday", "1-5"],
  ["weekdays", "1-5"],
  ["workday", "1-5"],
  ["workdays", "1-5"],
  ["working day", "1-5"],
  ["business day", "1-5"],
  ["weekend", "0,6"],
  ["weekends", "0,6"],
  ["weekend day", "0,6"],
]);

const dayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

function dayNumber(word: string): number | null {
  if (word.length < 3) return null;
  const index = dayNames.findIndex((name) => name === word || (word.length <= 5 && name.startsWith(word)));
  return index < 0 ? null : index;
}

function daysBetween(from: number, to: number): string {
  if (from < to) return `${from}-${to}`;
  const days: number[] = [];
  for (let day = from; day !== to; day = (day + 1) % 7) days.push(day);
  return [...days, to].sort((a, b) => a - b).join(",");
}

/** A day of the month: `1st`, `15`, `first`, `last`. `last` is cron's `L`. */
export function parseMonthDay(text: string): string | null {
  const word = monthDayWords.get(text);
  if (word) return word;
  const match = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(text);
  const day = Number(match?.[1]);
  return match && day >= 1 && day <= 31 ? String(day) : null;
}

const monthDayWords: ReadonlyMap<string, string> = new Map([
  ["first", "1"],
  ["second", "2"],
  ["third", "3"],
  ["last", "L"],
]);

const monthNames = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

export function parseMonth(word: string): number | null {
  if (word.length < 3) return null;
  const index = monthNames.findIndex((name) => name === word || (word.length <= 4 && name.startsWith(word)));
  return index < 0 ? null : index + 1;
}
