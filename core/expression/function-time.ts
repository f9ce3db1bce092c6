import { addIsoDuration } from "@/core/schedule/duration";
import { asText } from "@/core/expression/function-text";
import { ExpressionProblem } from "@/core/expression/problem";

/** A time as text: `date(t)` is the day, `date(t, "d MMM yyyy HH:mm")` any form, with a time zone as third argument. */
export function date(time: unknown, pattern: unknown = "yyyy-MM-dd", timeZone: unknown = "UTC"): string {
  const parts = partsIn(toTime("date", time), asText("date", timeZone));
  // Longest tokens first; text in single quotes stands for itself.
  return asText("date", pattern).replace(
    /'([^']*)'|yyyy|yy|MMMM|MMM|MM|M|dd|d|EEEE|EEE|HH|H|hh|h|mm|m|ss|s|SSS|a/g,
    (token: string, quoted: string | undefined) => (quoted !== undefined ? quoted : (tokens[token]?.(parts) ?? token)),
  );
}

/** The moment an ISO-8601 duration after a time: a timestamp, which becomes ISO text in results. */
export function addDuration(time: unknown, duration: unknown): Date {
  const at = addIsoDuration(toTime("addDuration", time).getTime(), asText("addDuration", duration));
  if (at === null)
    throw new ExpressionProblem(
      "bad_expression",
      "`addDuration` needs an ISO-8601 duration such as 'PT5M', 'P1D' or 'P1M'.",
    );
  return new Date(at);
}

const isoPattern = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** ISO text without a zone is UTC: the answer must not depend on where the server stands. */
function toTime(name: string, value: unknown): Date {
  if (value instanceof Date) return value;
  if (typeof value === "string" && isoPattern.test(value)) {
    const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(value.slice(10)) || value.length === 10 ? value : `${value}Z`;
    const parsed = new Date(zoned.replace(" ", "T"));
    if (!Number.isNaN(parsed.getTime())) return parsed;
  }
  throw new ExpressionProblem(
    "bad_expression",
    `\`${name}\` needs a timestamp or ISO text such as '2026-11-20T09:30:00Z'.`,
  );
}

interface DateParts {
  year: string;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  monthName: string;
  weekday: string;
}

const tokens: Partial<Record<string, (parts: DateParts) => string>> = {
  yyyy: (p) => p.year.padStart(4, "0"),
  yy: (p) => p.year.slice(-2),
  MMMM: (p) => p.monthName,
  MMM: (p) => p.monthName.slice(0, 3),
  MM: (p) => two(p.month),
  M: (p) => String(p.month),
  dd: (p) => two(p.day),
  d: (p) => String(p.day),
  EEEE: (p) => p.weekday,
  EEE: (p) => p.weekday.slice(0, 3),
  HH: (p) => two(p.hour),
  H: (p) => String(p.hour),
  hh: (p) => two(p.hour % 12 || 12),
  h: (p) => String(p.hour % 12 || 12),
  mm: (p) => two(p.minute),
  m: (p) => String(p.minute),
  ss: (p) => two(p.second),
  s: (p) => String(p.second),
  SSS: (p) => String(p.millisecond).padStart(3, "0"),
  a: (p) => (p.hour < 12 ? "AM" : "PM"),
};

function two(value: number): string {
  return String(value).padStart(2, "0");
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function partsIn(time: Date, timeZone: string): DateParts {
  if (Number.isNaN(time.getTime()))
    throw new ExpressionProblem("bad_expression", "`date` is given a time that does not exist.");
  const found = new Map(
    formatterFor(timeZone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes) => found.get(type) ?? "";
  return {
    year: read("year"),
    month: monthNames.indexOf(read("month")) + 1,
    day: Number(read("day")),
    hour: Number(read("hour")) % 24,
    minute: Number(read("minute")),
    second: Number(read("second")),
    millisecond: time.getUTCMilliseconds(),
    monthName: read("month"),
    weekday: read("weekday"),
  };
}

const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  try {
    const formatter = new Intl.DateTimeFormat("en-US", {
      timeZone,
      year: "numeric",
      month: "long",
      day: "numeric",
      weekday: "long",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
    if (formatters.size < 500) formatters.set(timeZone, formatter);
    return formatter;
  } catch {
    throw new ExpressionProblem(
      "bad_expression",
      `\`date\` does not know the time zone "${timeZone.slice(0, 60)}". Use a name such as 'Asia/Jakarta' or 'UTC'.`,
    );
  }
}
