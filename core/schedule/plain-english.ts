import { parseClock, parseDays, parseMonth, parseMonthDay } from "@/core/schedule/clock-words";

/**
 * A schedule said in plain English as cron, or null when it is not understood (the caller may then ask a model).
 * Without a time of day, days start at 9:00.
 */
export function englishToCron(text: string): string | null {
  if (text.length > 200) return null;
  const phrase = normalize(text);
  for (const { pattern, write } of grammar) {
    const match = pattern.exec(phrase);
    const cron = match ? write(match.slice(1).map((group: string | undefined) => group ?? "")) : null;
    if (cron !== null) return cron;
  }
  return null;
}

function normalize(text: string): string {
  return text
    .toLowerCase()
    .replace(/[.!?]+$/, "")
    .replace(/\ba\.m\b\.?/g, "am")
    .replace(/\bp\.m\b\.?/g, "pm")
    .replace(/\b(each|once every|once each|once an?|once per)\b/g, "every")
    .replace(/\bin the morning\b/g, "am")
    .replace(/\b(in the (afternoon|evening)|at night)\b/g, "pm")
    .replace(/(\d)\s+(am|pm)\b/g, "$1$2")
    .replace(/^(please\s+)?(run|start)\s+(it\s+|this\s+)?/, "")
    .replace(/\s+/g, " ")
    .trim();
}

interface Rule {
  pattern: RegExp;
  /** Null: the words do not fit after all; the next rule is tried. */
  write(groups: readonly string[]): string | null;
}

/** Most specific first. */
const grammar: readonly Rule[] = [
  { pattern: /^(?:every minute|minutely)$/, write: () => "* * * * *" },
  {
    pattern: /^(?:every (\d+|other|\w+) ?min(?:ute)?s?|every (\d+)m)$/,
    write: ([word, short]) => interval(word || short || "", 60, (n) => `*/${n} * * * *`, "* * * * *"),
  },
  {
    pattern: /^(?:hourly|every hour)(?: at (?::?(\d{1,2})|(\d{1,2}) minutes past)(?: the hour)?)?$/,
    write: ([minute, past]) => minuteOfHour(minute || past || "0"),
  },
  { pattern: /^every (?:quarter|quarter of an) hour$/, write: () => "*/15 * * * *" },
  { pattern: /^every half(?: an)? hour$/, write: () => "*/30 * * * *" },
  {
    pattern: /^every (\d+|other|\w+) ?(?:hours?|hrs?|h)$/,
    write: ([word]) => interval(word ?? "", 24, (n) => `0 */${n} * * *`, "0 * * * *"),
  },
  { pattern: /^(?:daily|every day|everyday)(?: at (.+))?$/, write: ([times]) => atTimes(times, "* * *") },
  { pattern: /^(?:at )?(.+?) (?:daily|every day|everyday)$/, write: ([times]) => atTimes(times, "* * *") },
  {
    pattern: /^every (morning|noon|afternoon|evening|night|midnight)(?: at (.+))?$/,
    write: ([part, times]) => partOfDay(part ?? "", times ?? ""),
  },
  { pattern: /^weekly(?: at (.+))?$/, write: ([times]) => atTimes(times, "* * 1") },
  { pattern: /^(?:every week|weekly) on (.+?)(?: at (.+))?$/, write: ([days, times]) => onDays(days ?? "", times) },
  { pattern: /^every week(?: at (.+))?$/, write: ([times]) => atTimes(times, "* * 1") },
  { pattern: /^(?:monthly|every month)(?: at (.+))?$/, write: ([times]) => atTimes(times, "1 * *") },
  {
    pattern: /^(?:monthly|every month) on (?:the )?(\w+)(?: day)?(?: of the month)?(?: at (.+))?$/,
    write: ([day, times]) => onMonthDay(day ?? "", "*", times),
  },
  {
    pattern: /^(?:on )?(?:the )?(\w+)(?: day)? of (?:the|every) month(?: at (.+))?$/,
    write: ([day, times]) => onMonthDay(day ?? "", "*", times),
  },
  {
    pattern:
      /^(?:every|the|on the|every month on the) (first|second|third|fourth|last|1st|2nd|3rd|4th) (\w+) of (?:the|every) month(?: at (.+))?$/,
    write: ([nth, day, times]) => nthWeekday(nth ?? "", day ?? "", times),
  },
  {
    pattern: /^(?:monthly|every month) on the (first|second|third|fourth|last|1st|2nd|3rd|4th) (\w+?)(?: at (.+))?$/,
    write: ([nth, day, times]) => nthWeekday(nth ?? "", day ?? "", times),
  },
  { pattern: /^(?:quarterly|every quarter)(?: at (.+))?$/, write: ([times]) => atTimes(times, "1 1,4,7,10 *") },
  { pattern: /^(?:yearly|annually|every year)(?: at (.+))?$/, write: ([times]) => atTimes(times, "1 1 *") },
  {
    pattern: /^(?:yearly|annually|every year|every) (?:on )?(?:the )?(\w+?) (?:of )?(\w+)(?: at (.+))?$/,
    write: ([a, b, times]) => onDate(a ?? "", b ?? "", times),
  },
  { pattern: /^(?:every |on )?(.+?)(?: at (.+))?$/, write: ([days, times]) => onDays(days ?? "", times) },
  { pattern: /^(?:at )?(.+?) (?:every |on )(.+)$/, write: ([times, days]) => onDays(days ?? "", times) },
  { pattern: /^(?:every |on )?(.+) (\S+)$/, write: ([days, times]) => onDays(days ?? "", times) },
];

const defaultTime = "9:00";

/** `9am`, or several: `9am and 5pm`. They must share their minute, or cron cannot say it. */
function atTimes(text: string | undefined, rest: string): string | null {
  const times = (text === undefined || text === "" ? defaultTime : text)
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*/)
    .map(parseClock);
  const clocks = times.filter((time) => time !== null);
  const minute = clocks[0]?.minute;
  if (clocks.length !== times.length || minute === undefined || clocks.some((time) => time.minute !== minute))
    return null;
  const hours = [...new Set(clocks.map((time) => time.hour))].sort((a, b) => a - b);
  return `${minute} ${hours.join(",")} ${rest}`;
}

function onDays(days: string, times: string | undefined): string | null {
  const field = parseDays(days);
  return field === null ? null : atTimes(times, `* * ${field}`);
}

function onMonthDay(day: string, month: string, times: string | undefined): string | null {
  const field = parseMonthDay(day);
  return field === null ? null : atTimes(times, `${field} ${month} *`);
}

function nthWeekday(nth: string, day: string, times: string | undefined): string | null {
  const field = parseDays(day);
  const place = nthPlaces.get(nth);
  return field === null || !/^\d$/.test(field) || !place ? null : atTimes(times, `* * ${field}#${place}`);
}

const nthPlaces: ReadonlyMap<string, string> = new Map([
  ["first", "1"],
  ["1st", "1"],
  ["second", "2"],
  ["2nd", "2"],
  ["third", "3"],
  ["3rd", "3"],
  ["fourth", "4"],
  ["4th", "4"],
  ["last", "L"],
]);

/** `1 january` or `january 1st`. */
function onDate(a: string, b: string, times: string | undefined): string | null {
  const month = parseMonth(a) ?? parseMonth(b);
  const day = parseMonth(a) === null ? a : b;
  return month === null ? null : onMonthDay(day, String(month), times);
}

const partTimes: ReadonlyMap<string, string> = new Map([
  ["morning", "9am"],
  ["noon", "noon"],
  ["afternoon", "2pm"],
  ["evening", "6pm"],
  ["night", "10pm"],
  ["midnight", "midnight"],
]);

function partOfDay(part: string, times: string): string | null {
  const given = times === "" ? (partTimes.get(part) ?? "") : times;
  const isLate = part === "afternoon" || part === "evening" || part === "night";
  // "every evening at 7" means 19:00.
  return atTimes(
    isLate && /^\d{1,2}(:\d{2})?$/.test(given) && Number.parseInt(given, 10) < 12 ? `${given}pm` : given,
    "* * *",
  );
}

const numberWords: ReadonlyMap<string, number> = new Map(
  ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"].map(
    (word, index) => [word, index + 1],
  ),
);
const moreNumberWords: ReadonlyMap<string, number> = new Map([
  ["other", 2],
  ["fifteen", 15],
  ["twenty", 20],
  ["thirty", 30],
]);

/** Only intervals that divide the hour or the day: `*`/7 would start over at the full hour, which nobody means. */
function interval(word: string, unit: number, write: (n: number) => string, single: string): string | null {
  const n = /^\d+$/.test(word) ? Number(word) : (numberWords.get(word) ?? moreNumberWords.get(word));
  if (n === undefined || n < 1) return null;
  if (n === 1) return single;
  if (n === unit) return unit === 60 ? "0 * * * *" : "0 0 * * *";
  if (unit === 60 && n > 60 && n % 60 === 0)
    return interval(String(n / 60), 24, (hours) => `0 */${hours} * * *`, "0 * * * *");
  return n < unit && unit % n === 0 ? write(n) : null;
}

function minuteOfHour(minute: string): string | null {
  const value = Number(minute);
  return value <= 59 ? `${value} * * * *` : null;
}
