import { cronFields, type CronFields } from "@/core/schedule/cron-fields";

const dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
const monthNames = "January February March April May June July August September October November December".split(" ");
/** Days that each month always has. */
const shortestMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** More times than these are no sentence any more. */
const mostTimes = 5;

/**
 * A cron expression as people say it: "Every weekday at 09:00". Words are said only when they are true of every tick; what has no
 * such words stays cron, beside which the next times belong.
 */
export function cronWords(cron: string): string {
  const fields = cronFields(cron);
  if (fields === null) return /^(\S+\s+){4}\S+$/.test(cron.trim()) ? `On the schedule ${cron.trim()}` : cron;
  const days = dayWords(fields);
  const time = days === null ? null : timeWords(fields);
  if (days === null || time === null) return `On the schedule ${cron.trim()}`;
  if (time.kind === "at") return capital(`${days === "" ? "every day" : days} at ${time.text}`);
  return capital(days === "" ? time.text : `${time.text}, ${days}`);
}

interface TimeWords {
  kind: "at" | "every";
  text: string;
}

function timeWords({ minutes, hours }: CronFields): TimeWords | null {
  const isAllDay = hours.length === 24;
  const step = evenStep(minutes, 60);
  if (isAllDay && step !== null)
    return every(step === 60 ? hourly(minutes) : `${minuteSteps(step)}${startWords(minutes)}`);
  if (isAllDay && minutes.length <= mostTimes) return every(hourly(minutes));
  const [minute] = minutes;
  if (minute === undefined) return null;
  const hourStep = evenStep(hours, 24);
  // A day that is one tick is a time of day.
  if (minutes.length === 1 && hourStep !== null && hourStep < 24 && hours[0] === 0)
    return every(`every ${hourStep} hours${minute === 0 ? "" : ` at ${minute} minutes past`}`);
  const times = hours.flatMap((hour) => minutes.map((each) => clock(hour, each)));
  if (times.length <= mostTimes) return { kind: "at", text: list(times) };
  const isRange = hours.length > 1 && hours.every((hour, index) => hour === (hours[0] ?? 0) + index);
  if (!isRange || step === null) return null;
  const span = `from ${times[0] ?? ""} to ${times.at(-1) ?? ""}`;
  return every(step === 60 ? `every hour ${span}` : `${minuteSteps(step)} ${span}`);
}

function every(text: string): TimeWords {
  return { kind: "every", text };
}

function minuteSteps(step: number): string {
  return step === 1 ? "every minute" : `every ${step} minutes`;
}

function startWords([first = 0]: readonly number[]): string {
  return first === 0 ? "" : ` from ${first} minutes past the hour on`;
}

function hourly(minutes: readonly number[]): string {
  return minutes.length === 1 && minutes[0] === 0
    ? "every hour"
    : `every hour at ${list(minutes.map(String))} minutes past`;
}

/** The distance between values that lie evenly on a circle of `size`; null when they do not. One value is a whole round. */
function evenStep(values: readonly number[], size: number): number | null {
  const [first] = values;
  if (first === undefined || size % values.length !== 0) return null;
  const step = size / values.length;
  return values.every((value, index) => value === first + index * step) ? step : null;
}

/** Empty for every day; null when there are no plain words. */
function dayWords({ days, months, weekdays, lastDay }: CronFields): string | null {
  const isAnyWeekday = weekdays === null || weekdays.length === 7;
  // Day and weekday together are two rules, either of which is enough: no short sentence says that.
  if (!isAnyWeekday && (days !== null || lastDay)) return null;
  if (weekdays !== null && isAnyWeekday && days !== null) return null;
  const named = months?.map((each) => monthNames[each - 1] ?? "") ?? null;
  if (lastDay) return `on the last day of ${named === null ? "the month" : list(named)}`;
  if (days !== null && days.length < 31) return monthDayWords(days, months, named);
  const suffix = named === null ? "" : ` in ${list(named)}`;
  if (isAnyWeekday) return named === null ? "" : `every day${suffix}`;
  return `${weekdayWords(weekdays)}${suffix}`;
}

function monthDayWords(
  days: readonly number[],
  months: readonly number[] | null,
  named: readonly string[] | null,
): string | null {
  if (days.length > mostTimes) return null;
  const shortest = Math.min(...(months ?? shortestMonths.map((_, index) => index + 1)).map(daysOf));
  const said = `on the ${list(days.map(ordinal))} of ${named === null ? "the month" : list(named)}`;
  if (days.every((day) => day <= shortest)) return said;
  if (days.length > 1) return null;
  if (months?.length === 1) return `${said}, in leap years,`;
  return named === null ? `on the ${ordinal(days[0] ?? 0)} of the months that have it` : null;
}

function daysOf(month: number): number {
  return shortestMonths[month - 1] ?? 31;
}

function weekdayWords(weekdays: readonly number[]): string {
  // People's weeks end with Sunday.
  const fromMonday = [...weekdays].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  if (fromMonday.join() === "1,2,3,4,5") return "every weekday";
  return `every ${list(fromMonday.map((each) => dayNames[each] ?? ""))}`;
}

function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function ordinal(day: number): string {
  const ending = day % 100 >= 11 && day % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th");
  return `${day}${ending}`;
}

function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
