import { describe, expect, it } from "vitest";
import { dueTicks } from "./due-ticks";

const hourly = { cron: "0 * * * *" };
const at = (time: string): number => Date.parse(`2026-11-21T${time}Z`);
const iso = (times: number[]): string[] => times.map((time) => new Date(time).toISOString().slice(11, 16));

describe("what a schedule owes", () => {
  it.each([
    ["last" as const, ["12:00"]],
    ["all" as const, ["08:00", "09:00", "10:00", "11:00", "12:00"]],
    ["none" as const, []],
  ])("after a downtime from 8 to 12:30, missed: %s", (missed, fired) => {
    const { fire, next } = dueTicks({ ...hourly, missed }, at("08:00:00"), at("12:30:00"));
    expect(iso(fire)).toEqual(fired);
    expect(next).toBe(at("13:00:00"));
  });

  it("a tick that is seconds late came in time, whatever the rule", () => {
    for (const missed of ["last", "all", "none"] as const)
      expect(iso(dueTicks({ ...hourly, missed }, at("08:00:00"), at("08:00:20")).fire)).toEqual(["08:00"]);
  });

  it("B-69 with missed: none, the tick of the minute in which the server came up is missed like the others", () => {
    const up = at("08:00:10");
    for (const [missed, fired] of [
      ["last", ["08:00"]],
      ["all", ["08:00"]],
      ["none", []],
    ] as const)
      expect(iso(dueTicks({ ...hourly, missed }, at("08:00:00"), at("08:00:20"), up).fire)).toEqual(fired);
    expect(iso(dueTicks({ ...hourly, missed: "none" }, at("09:00:00"), at("09:00:20"), up).fire)).toEqual(["09:00"]);
  });

  it("of every missed tick of a long downtime, a hundred are caught up on", () => {
    const { fire } = dueTicks({ cron: "*/5 * * * *", missed: "all" }, Date.UTC(2026, 0, 1), at("12:00:00"));
    expect(fire).toHaveLength(100);
    expect(fire.at(-1)).toBe(at("12:00:00"));
  });

  it("a slow worker skips no minute of a schedule of every minute", () => {
    const { fire } = dueTicks({ cron: "* * * * *" }, at("08:00:00"), at("08:01:00"));
    expect(iso(fire)).toEqual(["08:00", "08:01"]);
  });

  it("M-13 means UTC without a zone, and keeps the local time of a zone when its clocks change", () => {
    const daily = { cron: "0 9 * * *", timezone: "America/New_York", missed: "all" as const };
    const { fire, next } = dueTicks(daily, Date.UTC(2026, 9, 31, 13), Date.UTC(2026, 10, 2, 15));
    expect(fire).toEqual([Date.UTC(2026, 9, 31, 13), Date.UTC(2026, 10, 1, 14), Date.UTC(2026, 10, 2, 14)]);
    expect(next).toBe(Date.UTC(2026, 10, 3, 14));
    expect(dueTicks({ cron: "0 9 * * *" }, at("09:00:00"), at("09:00:01")).fire).toEqual([at("09:00:00")]);
  });

  it("a time that the clocks leave out happens once, right after", () => {
    const daily = { cron: "30 2 * * *", timezone: "America/New_York", missed: "all" as const };
    const { fire } = dueTicks(daily, Date.UTC(2026, 2, 7, 7, 30), Date.UTC(2026, 2, 9, 12));
    expect(fire).toEqual([Date.UTC(2026, 2, 7, 7, 30), Date.UTC(2026, 2, 8, 7), Date.UTC(2026, 2, 9, 6, 30)]);
  });
});
