import { expect, test } from "vitest";
import { retryDelay } from "./retry-delays";
import { durationFromText, timeFromText } from "./time-text";

test.each([
  ["2s", 2_000],
  ["1d1h1m1s", 90_061_000],
  ["1w", 604_800_000],
  ["", 0],
])("%s is %d ms from now", (text, ms) => {
  expect(timeFromText(text, 1_000)).toBe(1_000 + ms);
  expect(durationFromText(text)).toBe(ms);
});

test("an ISO date is that moment, anything else nothing", () => {
  expect(timeFromText("2026-11-20T15:04:59.380Z", 0)).toBe(Date.UTC(2026, 10, 20, 15, 4, 59, 380));
  expect(timeFromText("soon", 0)).toBeNull();
});

test("retries wait longer each time", () => {
  expect([1, 2, 3, 4, 5].map(retryDelay)).toEqual([1_000, 5_000, 15_000, 60_000, 300_000]);
  expect(retryDelay(19)).toBe(3_600_000);
});
