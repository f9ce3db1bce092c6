import { expect, it } from "vitest";
import { leftWords } from "./left-words";

const minute = 60_000;

it.each([
  [0, "less than a minute"],
  [59_999, "less than a minute"],
  [minute, "1 minute"],
  [59 * minute, "59 minutes"],
  [60 * minute, "1 hour"],
  [90 * minute, "1 hour and 30 minutes"],
  [24 * 60 * minute, "1 day"],
  [(24 * 60 + 5) * minute, "1 day"],
  [(49 * 60 + 5) * minute, "2 days and 1 hour"],
])("%i ms are said as %s", (ms, words) => {
  expect(leftWords(ms)).toBe(words);
});
