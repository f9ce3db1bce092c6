import { expect, it } from "vitest";
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
])("M-14 %s is said: %s", (cron, words) => {
  expect(cronWords(cron)).toBe(words);
});
