import { datePatternProblem, fillDatePattern, type DateParts } from "@/core/expression/date-pattern";
import { addIsoDuration } from "@/core/schedule/duration";
import { parseInstant } from "@/core/schedule/instant";
import { cutText } from "@/core/storable-text";
import { asText } from "@/core/expression/function-text";
import { ExpressionProblem } from "@/core/expression/problem";

/** A time as text: `date(t)` is the day, `date(t, "d MMM yyyy HH:mm")` any form, with a time zone as third argument. */
export function date(time: unknown, pattern: unknown = "yyyy-MM-dd", timeZone: unknown = "UTC"): string {
  const written = asText("date", pattern);
  const problem = datePatternProblem(written);
  if (problem !== null) throw new ExpressionProblem("bad_expression", problem);
  return fillDatePattern(written, partsIn(toTime("date", time), asText("date", timeZone)));
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

/** A timestamp, or ISO text: without a zone it is UTC, because the answer must not depend on where the server stands. */
export function toTime(name: string, value: unknown): Date {
  if (value instanceof Date) return value;
  const at = typeof value === "string" ? parseInstant(value) : null;
  if (at !== null) return new Date(at);
  const looksLikeTime = typeof value === "string" && /^\d{4}-\d{2}-\d{2}/.test(value.trim());
  throw new ExpressionProblem(
    "bad_expression",
    looksLikeTime
      ? `\`${name}\` is given "${cutText(value.trim(), 40)}", a day or time that does not exist. Correct it.`
      : `\`${name}\` needs a timestamp or ISO text such as '2026-11-20T09:30:00Z'.`,
  );
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
