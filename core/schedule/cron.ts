import { Cron } from "croner";
import { plainCron } from "@/core/schedule/cron-fields";

export type CronCheck = { ok: true } | { ok: false; field: "cron" | "timezone"; message: string };

/** Checks a cron expression of five fields, or `@daily` and its like, and a time zone name. */
export function validateCron(cron: string, timeZone: string): CronCheck {
  const fields = plainCron(cron).split(/\s+/);
  if (cron.length > 200) return refuse("The cron expression is too long. Write five fields, e.g. `0 9 * * 1-5`.");
  if (fields.length > 5)
    return refuse("Schedules have no seconds. Write five fields (minute hour day month weekday), e.g. `0 9 * * 1-5`.");
  if (fields.length < 5)
    return refuse(
      "A cron expression has five fields: minute hour day month weekday, e.g. `0 9 * * 1-5`, or @hourly, @daily, @weekly, @monthly, @yearly.",
    );
  if (!isTimeZone(timeZone))
    return refuse(
      `"${timeZone.slice(0, 60)}" is not a time zone. Use a name such as Asia/Jakarta, or UTC.`,
      "timezone",
    );
  const job = jobFor(cron, timeZone);
  if (!job)
    return refuse(
      `\`${cron.trim()}\` is not a cron expression. Fields are minute (0-59), hour (0-23), day (1-31), month (1-12) and weekday (0-6, Sunday is 0).`,
    );
  // Dates repeat, so from when it is asked makes no difference.
  if (!job.nextRun(new Date(0))) return refuse(`\`${cron.trim()}\` never happens. Check the day and the month.`);
  return { ok: true };
}

/** The next `count` times strictly after `from`, ms since epoch. Empty when the expression is wrong. */
export function nextOccurrences(cron: string, timeZone: string, from: number, count: number): number[] {
  if (!Number.isFinite(from) || cron.length > 200 || plainCron(cron).split(/\s+/).length !== 5 || !isTimeZone(timeZone))
    return [];
  const job = jobFor(cron, timeZone);
  return job ? job.nextRuns(Math.min(count, 1000), new Date(from)).map((time) => time.getTime()) : [];
}

/** The `count` times up to `until` and not before `from`, oldest first. Empty when the expression is wrong. */
export function latestOccurrences(
  cron: string,
  timeZone: string,
  from: number,
  until: number,
  count: number,
): number[] {
  if (cron.length > 200 || plainCron(cron).split(/\s+/).length !== 5 || !isTimeZone(timeZone)) return [];
  const job = jobFor(cron, timeZone);
  if (!job) return [];
  // Whole minutes only: one more millisecond makes `until` itself count.
  return job
    .previousRuns(Math.min(count, 1000), new Date(until + 1))
    .map((time) => time.getTime())
    .filter((time) => time >= from && time <= until)
    .sort((a, b) => a - b);
}

export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+\-/]{1,63}$/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en-US", { timeZone: name }));
  } catch {
    return false;
  }
}

/** Given no function, croner only computes times and starts no timer. */
function jobFor(cron: string, timeZone: string): Cron | null {
  try {
    return new Cron(plainCron(cron), { timezone: timeZone, mode: "5-part", paused: true });
  } catch {
    return null;
  }
}

function refuse(message: string, field: "cron" | "timezone" = "cron"): CronCheck {
  return { ok: false, field, message };
}
