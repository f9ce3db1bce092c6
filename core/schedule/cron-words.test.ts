import fc from "fast-check";
import { expect, it } from "vitest";
import { nextOccurrences, validateCron } from "./cron";
import { cronWarnings } from "./cron-warnings";
import { cronWords } from "./cron-words";

it.each([
  ["0 9 * * 1-5", "Every weekday at 09:00"],
  ["*/5 * * * *", "Every 5 minutes"],
  ["* * * * *", "Every minute"],
  ["0 * * * *", "Every hour"],
  ["15 * * * *", "Every hour at 15 minutes past"],
  ["0 */2 * * *", "Every 2 hours"],
  ["0 9 * * *", "Every day at 09:00"],
  ["30 9,17 * * *", "Every day at 09:30 and 17:30"],
  ["0 9 * * 1", "Every Monday at 09:00"],
  ["0 9 * * MON,THU", "Every Monday and Thursday at 09:00"],
  ["0 9 * * 0,6", "Every Saturday and Sunday at 09:00"],
  ["0 9 * * 7", "Every Sunday at 09:00"],
  ["0 9 1 * *", "On the 1st of the month at 09:00"],
  ["0 9 1,15 * *", "On the 1st and 15th of the month at 09:00"],
  ["0 9 L * *", "On the last day of the month at 09:00"],
  ["0 9 22 12 *", "On the 22nd of December at 09:00"],
  ["*/10 * * * 1-5", "Every 10 minutes, every weekday"],
  ["5-10 3 * * 1", "On the schedule 5-10 3 * * 1"],
  ["0 9 1 * 1", "On the schedule 0 9 1 * 1"],
  ["0 9 * * 1#2", "On the schedule 0 9 * * 1#2"],
  ["soon", "soon"],
  ["@daily", "Every day at 00:00"],
  ["*/50 * * * *", "Every hour at 0 and 50 minutes past"],
  ["*/7 * * * *", "On the schedule */7 * * * *"],
  ["7-59/15 * * * *", "Every 15 minutes from 7 minutes past the hour on"],
  ["0 */18 * * *", "Every day at 00:00 and 18:00"],
  ["0 1-23/2 * * *", "On the schedule 0 1-23/2 * * *"],
  ["*/15 9-17 * * 1-5", "Every 15 minutes from 09:00 to 17:45, every weekday"],
  ["0 9 31 * *", "On the 31st of the months that have it at 09:00"],
  ["0 9 31 1,3 *", "On the 31st of January and March at 09:00"],
  ["0 9 30,31 * *", "On the schedule 0 9 30,31 * *"],
  ["0 9 29 2 *", "On the 29th of February, in leap years, at 09:00"],
  ["0 9 */2 * *", "On the schedule 0 9 */2 * *"],
  ["0 9 * JAN,feb 0-6", "Every day in January and February at 09:00"],
])("M-14 %s is said: %s", (cron, words) => {
  expect(cronWords(cron)).toBe(words);
});

it.each([
  ["0 9 * * 1-5", null],
  ["*/15 */6 * * *", null],
  ["*/50 * * * *", "50 minutes do not divide an hour"],
  ["0 */18 * * *", "18 hours do not divide a day"],
  ["0 9 31 * *", "shorter than the named day"],
  ["0 9 */2 * *", "counted from the 1st"],
  ["0 9 1 * 1", "either of them fits"],
])("K5 what surprises about %s: %s", (cron, words) => {
  expect(cronWarnings(cron)).toEqual(words === null ? [] : [expect.stringContaining(words)]);
});

const field = (least: number, most: number) => {
  const value = fc.integer({ min: least, max: most });
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant("*") },
    value.map(String),
    fc.integer({ min: 1, max: most }).map((step) => `*/${step}`),
    fc.uniqueArray(value, { minLength: 1, maxLength: 4 }).map((values) => values.join(",")),
    fc.tuple(value, value).map((ends) => `${Math.min(...ends)}-${Math.max(...ends)}`),
    fc
      .tuple(value, value, fc.integer({ min: 1, max: 30 }))
      .map(([a, b, step]) => `${Math.min(a, b)}-${Math.max(a, b)}/${step}`),
  );
};
const crons = fc
  .tuple(field(0, 59), field(0, 23), field(1, 31), fc.oneof(fc.constant("*"), field(1, 12)), field(0, 7))
  .map((fields) => fields.join(" "));

const minuteMs = 60_000;
const dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const clockOf = (at: number) => new Date(at).toISOString().slice(11, 16);

it("K5 words are true of every tick: intervals, times of day, weekdays and days of the month", () => {
  fc.assert(
    fc.property(crons, (cron) => {
      const words = cronWords(cron);
      if (words.startsWith("On the schedule") || !validateCron(cron, "UTC").ok) return;
      const ticks = nextOccurrences(cron, "UTC", Date.UTC(2026, 0, 1) - 1, 100);
      const gaps = ticks.slice(1).map((tick, index) => ({ from: ticks[index] ?? 0, ms: tick - (ticks[index] ?? 0) }));
      const interval = /^Every (?:(\d+) )?(minute|hour)s?/.exec(words);
      if (interval && !/ minutes past,|\d and \d+ minutes past/.test(`${words},`)) {
        const claimed = Number(interval[1] ?? 1) * (interval[2] === "hour" ? 60 : 1) * minuteMs;
        // Days that are left out, and hours outside of a named span, make pauses; within them the interval holds.
        const isWhole = !words.includes(",") && !words.includes(" to ");
        for (const { from, ms } of gaps)
          if (isWhole || clockOf(from) < clockOf(from + ms)) expect([cron, words, ms]).toEqual([cron, words, claimed]);
      }
      const times = / at ((?:\d\d:\d\d(?:, | and )?)+)$/.exec(words)?.[1]?.match(/\d\d:\d\d/g);
      if (times) {
        expect(ticks.map(clockOf).every((time) => times.includes(time))).toBe(true);
        // Each named time comes on every day that has one.
        const perDay = new Map<string, number>();
        for (const tick of ticks.slice(0, -times.length)) {
          const day = new Date(tick).toISOString().slice(0, 10);
          perDay.set(day, (perDay.get(day) ?? 0) + 1);
        }
        const whole = [...perDay.values()].slice(0, -1);
        expect([cron, words, whole.every((count) => count === times.length)]).toEqual([cron, words, true]);
      }
      const weekdays = dayNames.filter((name) => words.includes(name));
      const dayOf = (tick: number) => dayNames[new Date(tick).getUTCDay()] ?? "";
      if (weekdays.length > 0) expect(ticks.every((tick) => weekdays.includes(dayOf(tick)))).toBe(true);
      if (words.includes("every weekday")) expect(ticks.some((tick) => dayOf(tick).startsWith("S"))).toBe(false);
      if (/^Every day at/.test(words)) {
        const dates = [...new Set(ticks.map((tick) => Math.floor(tick / (24 * 60 * minuteMs))))];
        expect(dates.every((date, index) => index === 0 || date === (dates[index - 1] ?? 0) + 1)).toBe(true);
      }
      const monthDays = /^On the (.*) of the month at/.exec(words)?.[1]?.match(/\d+/g)?.map(Number);
      if (monthDays) {
        const months = new Map<string, Set<number>>();
        for (const tick of ticks) {
          const month = new Date(tick).toISOString().slice(0, 7);
          months.set(month, (months.get(month) ?? new Set()).add(new Date(tick).getUTCDate()));
        }
        for (const found of [...months.values()].slice(0, -1)) expect(found).toEqual(new Set(monthDays));
      }
    }),
    { numRuns: 250 },
  );
});
