import { describe, expect, it } from "vitest";
import { parseDuration } from "@/core/schedule/duration";
import { durationUnits, durationWords, readDuration, writeDuration } from "./duration-value";

describe("K-25 durations as number and unit", () => {
  it.each([
    ["PT5M", 5, "minutes"],
    ["PT24H", 24, "hours"],
    ["P3D", 3, "days"],
    ["P2W", 2, "weeks"],
    ["PT90S", 90, "seconds"],
    ["PT1H30M", 90, "minutes"],
    ["PT0.5S", 0.5, "seconds"],
    ["P1DT12H", 36, "hours"],
    ["P1M", 1, "months"],
    ["P2Y", 2, "years"],
  ] as const)("%s is %d %s", (iso, amount, unit) => {
    expect(readDuration(iso)).toEqual({ amount, unit });
  });

  it("come back as they were written when written with one unit", () => {
    for (const iso of ["PT5M", "PT24H", "P3D", "P2W", "PT90S", "P1M", "P2Y"]) {
      const read = readDuration(iso);
      expect(read && writeDuration(read)).toBe(iso);
    }
  });

  it("last as long written as they were meant, fractions included", () => {
    const ms = { seconds: 1e3, minutes: 6e4, hours: 36e5, days: 864e5, weeks: 6048e5 };
    for (const unit of durationUnits.filter((each) => each in ms) as (keyof typeof ms)[])
      for (const amount of [1, 1.5, 7, 0.25])
        expect(parseDuration(writeDuration({ amount, unit }))).toBe(amount * ms[unit]);
  });

  it("have no part of a month: half a year is six months", () => {
    expect(writeDuration({ amount: 0.5, unit: "years" })).toBe("P6M");
    expect(writeDuration({ amount: 1.4, unit: "months" })).toBe("P1M");
    expect(writeDuration({ amount: 0.2, unit: "months" })).toBe("P1M");
  });

  it("are none where the text is not one, is a template, or takes several units to say", () => {
    for (const text of ["", "5 minutes", "${input.wait}", "P1M2D", "P1Y6M", "-PT5M"])
      expect(readDuration(text)).toBeNull();
  });

  it("read as words", () => {
    expect(durationWords({ amount: 1, unit: "days" })).toBe("1 day");
    expect(durationWords({ amount: 90, unit: "minutes" })).toBe("90 minutes");
  });
});
