import { cronFields, plainCron } from "@/core/schedule/cron-fields";

/** What a right cron expression does that its author may not expect, one sentence each. */
export function cronWarnings(cron: string): string[] {
  const fields = cronFields(cron);
  if (fields === null) return [];
  const [minute = "", hour = "", day = "", , weekday = ""] = plainCron(cron).split(/\s+/);
  return [
    uneven(minute, 60, (step) => `${step} minutes do not divide an hour: the count starts over at every full hour.`),
    uneven(hour, 24, (step) => `${step} hours do not divide a day: the count starts over at every midnight.`),
    startsOver(
      day,
      (step) =>
        `The days are counted from the 1st of each month, so the last tick of a month and the 1st may lie less than ${step} days apart.`,
    ),
    stepOf(day) === null && fields.days?.some((each) => each > 28) === true
      ? "Months that are shorter than the named day are left out. For the end of every month, write L as the day."
      : null,
    day !== "*" && day !== "?" && weekday !== "*" && weekday !== "?"
      ? "Day and weekday are both given, so it starts when either of them fits, not only when both do."
      : null,
  ].filter((warning) => warning !== null);
}

function stepOf(field: string): number | null {
  const match = /^\*\/(\d{1,2})$/.exec(field);
  return match === null ? null : Number(match[1]);
}

function uneven(field: string, size: number, say: (step: number) => string): string | null {
  const step = stepOf(field);
  return step === null || size % step === 0 ? null : say(step);
}

function startsOver(field: string, say: (step: number) => string): string | null {
  const step = stepOf(field);
  return step === null || step === 1 ? null : say(step);
}
