import { expect, it } from "vitest";
import { usualWords } from "./usual-time";

const hour = 3_600_000;

it.each([
  [0, "within minutes"],
  [hour, "within an hour"],
  [hour + 1, "within 2 hours"],
  [3 * hour, "within 4 hours"],
  [20 * hour, "within a day"],
  [60 * hour, "within 2 to 3 days"],
  [6 * 24 * hour, "within a week"],
  [90 * 24 * hour, "after more than a month"],
])("what takes %i ms is said to take no less", (ms, words) => {
  expect(usualWords(ms)).toBe(words);
});
