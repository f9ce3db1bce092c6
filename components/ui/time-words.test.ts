import { describe, expect, it } from "vitest";
import { clockWords, durationWords, exactWords, relativeWords } from "./time-words";

const now = Date.parse("2026-11-21T08:30:00Z");
const minutes = 60_000;
const days = 24 * 60 * minutes;

describe("relative times", () => {
  it.each([
    [now - 3_000, "just now"],
    [now - 2 * minutes, "2m ago"],
    [now - 18 * minutes, "18m ago"],
    [now - 119 * minutes, "1h ago"],
    [now - 3 * days, "3d ago"],
    [now - 14 * days, "2w ago"],
    [now + 3 * 60 * minutes, "in 3h"],
  ])("F-12 F-48 %d reads %s", (at, words) => {
    expect(relativeWords(at, now)).toBe(words);
  });
});

describe("durations", () => {
  it.each([
    [300, "0.3s"],
    [12_400, "12s"],
    [250_000, "4m 10s"],
    [2 * 60 * minutes, "2h"],
    [3 * days + 4 * 60 * minutes, "3d 4h"],
    [-5, "0.0s"],
  ])("%d ms reads %s", (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });
});

describe("clock times in the viewer's zone", () => {
  it("leaves the day out today and gives it otherwise", () => {
    expect(clockWords(Date.parse("2026-11-21T08:17:00Z"), now, "Asia/Kathmandu")).toBe("14:02");
    // 19:00 UTC is already the 22nd in Kathmandu.
    expect(clockWords(Date.parse("2026-11-21T19:00:00Z"), now, "Asia/Kathmandu")).toBe("22 Nov, 00:45");
  });

  it("gives the zone with the exact time", () => {
    expect(exactWords(now, "UTC")).toBe("21 Nov 2026, 08:30:00 UTC");
  });
});
