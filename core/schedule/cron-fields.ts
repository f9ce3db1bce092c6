/** The values of each field of a cron expression, in order; null for one that needs a calendar (`L`, `W`, `#`). */
export interface CronFields {
  minutes: readonly number[];
  hours: readonly number[];
  /** Null: any day. */
  days: readonly number[] | null;
  /** Null: any month. */
  months: readonly number[] | null;
  /** 0 (Sunday) to 6; null: any weekday. */
  weekdays: readonly number[] | null;
  /** The last day of the month. */
  lastDay: boolean;
}

const nicknames: ReadonlyMap<string, string> = new Map([
  ["@yearly", "0 0 1 1 *"],
  ["@annually", "0 0 1 1 *"],
  ["@monthly", "0 0 1 * *"],
  ["@weekly", "0 0 * * 0"],
  ["@daily", "0 0 * * *"],
  ["@midnight", "0 0 * * *"],
  ["@hourly", "0 * * * *"],
]);

/** The five fields of an expression, `@daily` and its like written out. */
export function plainCron(cron: string): string {
  const text = cron.trim();
  return nicknames.get(text.toLowerCase()) ?? text;
}

/** Null for what cannot be listed: a wrong expression, or days that need a calendar (`15W`, `1#2`, `5L`). */
export function cronFields(cron: string): CronFields | null {
  const [minute, hour, day, month, weekday, ...more] = plainCron(cron).split(/\s+/);
  if (weekday === undefined || minute === undefined || hour === undefined || day === undefined || month === undefined)
    return null;
  const lastDay = day.toUpperCase() === "L";
  const minutes = valuesOf(minute, 0, 59);
  const hours = valuesOf(hour, 0, 23);
  const days = isAny(day) || lastDay ? null : valuesOf(day, 1, 31);
  const months = isAny(month) ? null : valuesOf(named(month, monthNames, 1), 1, 12);
  const weekdays = isAny(weekday) ? null : valuesOf(named(weekday, dayNames, 0), 0, 7);
  if (more.length > 0 || !minutes || !hours || days === undefined || months === undefined || weekdays === undefined)
    return null;
  return {
    minutes,
    hours,
    days,
    months,
    weekdays: weekdays && [...new Set(weekdays.map((each) => each % 7))].sort((a, b) => a - b),
    lastDay,
  };
}

const dayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const monthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/** A star with a step is a list of days to cron: it counts as a rule of its own beside the other day field. */
function isAny(field: string): boolean {
  return field === "*" || field === "?";
}

function named(field: string, names: readonly string[], first: number): string {
  return field.toUpperCase().replace(/[A-Z]{3}/g, (name) => {
    const index = names.indexOf(name);
    return index < 0 ? name : String(index + first);
  });
}

/** Single numbers, ranges, stars and steps; undefined for anything else. */
function valuesOf(field: string, least: number, most: number): number[] | undefined {
  const found = new Set<number>();
  for (const part of field.split(",")) {
    const match = /^(?:(\*)|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (!match) return undefined;
    const [, star, from, to, written] = match;
    // `5/10` is no cron here: a step needs a star or a range.
    if (star === undefined && to === undefined && written !== undefined) return undefined;
    const step = written === undefined ? 1 : Number(written);
    const start = star === undefined ? Number(from) : least;
    const end = star === undefined ? Number(to ?? from) : most;
    if (step === 0 || start < least || end > most || end < start) return undefined;
    for (let each = start; each <= end; each += step) found.add(each);
  }
  return [...found].sort((a, b) => a - b);
}
