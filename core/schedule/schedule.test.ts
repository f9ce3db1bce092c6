import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextOccurrences, validateCron } from "@/core/schedule/cron";
import { addIsoDuration, parseDuration } from "@/core/schedule/duration";
import { englishToCron } from "@/core/schedule/plain-english";
import { schedulePresets } from "@/core/schedule/presets";

describe("K-25 ISO-8601 durations", () => {
  it.each([
    ["PT5M", 300_000],
    ["PT1S", 1_000],
    ["PT1.5S", 1_500],
    ["P1DT2H", 93_600_000],
    ["P2W", 1_209_600_000],
    ["PT0.25H", 900_000],
    ["-PT5M", -300_000],
    ["P1M", null],
    ["P1Y", null],
    ["5 minutes", null],
    ["", null],
    ["P", null],
  ])("%s is %s ms", (iso, milliseconds) => {
    expect(parseDuration(iso)).toBe(milliseconds);
  });

  it("adds calendar units from an instant", () => {
    expect(addIsoDuration(Date.UTC(2026, 0, 31), "P1M")).toBe(Date.UTC(2026, 1, 28));
    expect(addIsoDuration(Date.UTC(2026, 0, 31, 23), "PT2H")).toBe(Date.UTC(2026, 1, 1, 1));
    expect(addIsoDuration(0, "P9999999999D")).toBeNull();
    expect(addIsoDuration(Number.NaN, "PT1S")).toBeNull();
  });

  it("never throws on any text", () => {
    fc.assert(
      fc.property(fc.string(), (text) =>
        [parseDuration(text), addIsoDuration(0, text)].every((value) => value === null || Number.isFinite(value)),
      ),
    );
  });
});

describe("M-12 cron", () => {
  it("M-13 gives the next times in UTC and in a time zone", () => {
    const saturday = Date.UTC(2026, 10, 21);
    expect(nextOccurrences("0 9 * * 1-5", "UTC", saturday, 5).map((time) => new Date(time).toISOString())).toEqual(
      ["23", "24", "25", "26", "27"].map((day) => `2026-11-${day}T09:00:00.000Z`),
    );
    expect(nextOccurrences("0 9 * * 1-5", "Asia/Jakarta", saturday, 1)).toEqual([Date.UTC(2026, 10, 23, 2)]);
  });

  it("a time that is due now is not next", () => {
    expect(nextOccurrences("0 9 * * *", "UTC", Date.UTC(2026, 10, 21, 9), 1)).toEqual([Date.UTC(2026, 10, 22, 9)]);
  });

  it.each([
    ["* * * * * *", "UTC", "seconds"],
    ["0 9 * *", "UTC", "five fields"],
    ["99 * * * *", "UTC", "not a cron expression"],
    ["0 0 31 2 *", "UTC", "never happens"],
    ["@reboot", "UTC", "five fields"],
    ["0 9 * * *", "Mars/Base", "not a time zone"],
    ["0 9 * * *", "", "not a time zone"],
  ])("refuses %s in %s", (cron, timeZone, words) => {
    expect(validateCron(cron, timeZone)).toMatchObject({ ok: false, message: expect.stringContaining(words) });
  });

  it("B-62 takes @daily and its like", () => {
    const noon = Date.UTC(2026, 10, 21, 12);
    for (const nickname of ["@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@Annually"])
      expect(validateCron(nickname, "UTC")).toEqual({ ok: true });
    expect(nextOccurrences("@daily", "UTC", noon, 1)).toEqual([Date.UTC(2026, 10, 22)]);
    expect(nextOccurrences("@weekly", "UTC", noon, 1)).toEqual([Date.UTC(2026, 10, 22)]);
    expect(nextOccurrences("@monthly", "UTC", noon, 1)).toEqual([Date.UTC(2026, 11, 1)]);
  });

  it("has no occurrences of what it refuses", () => {
    expect(nextOccurrences("* * * * * *", "UTC", 0, 3)).toEqual([]);
    expect(nextOccurrences("0 9 * * *", "Mars/Base", 0, 3)).toEqual([]);
  });
});

it("M-14 offers every 5 minutes, hourly, daily, weekly and monthly", () => {
  expect(schedulePresets.map(({ label }) => label)).toEqual([
    "Every 5 minutes",
    "Hourly",
    "Daily",
    "Weekly",
    "Monthly",
  ]);
  for (const { cron } of schedulePresets) expect(validateCron(cron, "UTC")).toEqual({ ok: true });
});

describe("M-12 plain English", () => {
  it.each([
    ["every weekday at 9am", "0 9 * * 1-5"],
    ["Every weekday at 9 a.m.", "0 9 * * 1-5"],
    ["9am every weekday", "0 9 * * 1-5"],
    ["weekdays at 9am and 5pm", "0 9,17 * * 1-5"],
    ["mon-fri at 8:15", "15 8 * * 1-5"],
    ["every 5 minutes", "*/5 * * * *"],
    ["every fifteen minutes", "*/15 * * * *"],
    ["every half hour", "*/30 * * * *"],
    ["every minute", "* * * * *"],
    ["hourly", "0 * * * *"],
    ["every hour at :15", "15 * * * *"],
    ["every 2 hours", "0 */2 * * *"],
    ["daily at 17:30", "30 17 * * *"],
    ["every day at noon", "0 12 * * *"],
    ["once a day at 6am", "0 6 * * *"],
    ["every morning", "0 9 * * *"],
    ["every evening at 7", "0 19 * * *"],
    ["every monday and thursday at 8", "0 8 * * 1,4"],
    ["at 6pm on fridays", "0 18 * * 5"],
    ["every weekend at 10", "0 10 * * 0,6"],
    ["friday to monday at 7", "0 7 * * 0,1,5,6"],
    ["weekly", "0 9 * * 1"],
    ["weekly on friday at 5pm", "0 17 * * 5"],
    ["monthly on the 1st at 6am", "0 6 1 * *"],
    ["every month on the 15th at 8:30", "30 8 15 * *"],
    ["on the last day of every month at 23:00", "0 23 L * *"],
    ["every first monday of the month at 9am", "0 9 * * 1#1"],
    ["every year on january 1st", "0 9 1 1 *"],
    ["12am daily", "0 0 * * *"],
    ["every 60 minutes", "0 * * * *"],
  ])("%s", (text, cron) => {
    expect(englishToCron(text)).toBe(cron);
    expect(validateCron(cron, "UTC")).toEqual({ ok: true });
  });

  it.each([
    "",
    "soon",
    "every 7 minutes",
    "every other day",
    "at 25:00 daily",
    "daily at 9:15 and 17:30",
    "every blue moon",
    "13pm daily",
  ])("does not guess at %j", (text) => {
    expect(englishToCron(text)).toBeNull();
  });

  it("only ever answers valid cron", () => {
    const words = fc.constantFrom(
      "every",
      "day",
      "daily",
      "at",
      "9",
      "9am",
      "17:30",
      "monday",
      "weekday",
      "and",
      "on",
      "the",
      "1st",
      "last",
      "month",
      "hour",
      "minutes",
      "5",
      "of",
      "first",
      "january",
      "week",
      "2",
      "evening",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 9 }), (list) => {
        const cron = englishToCron(list.join(" "));
        // February 31st and the like are well-formed but never happen; the caller shows that.
        if (cron !== null) expect(cron.split(" ")).toHaveLength(5);
      }),
      { numRuns: 500 },
    );
  });
});
