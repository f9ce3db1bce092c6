import { describe, expect, it } from "vitest";
import type { RepairRound } from "@/core/contracts/repair";
import { alikeWords, roundWords, settledWords, triedWords } from "./repair-words";

const at = "2026-11-30T12:00:00.000Z";

describe("what became of a failed run, in words", () => {
  it.each([
    [{ how: "retried", by: "Kim", at, reason: null }, "Retried by Kim"],
    [{ how: "fixed", by: "Kim", at, reason: null }, "Corrected and retried by Kim"],
    [{ how: "left", by: "Kim", at, reason: "Paid by hand" }, "Left as it is by Kim: Paid by hand"],
    [{ how: "skipped", by: "Kim", at, reason: "Told by phone" }, "Step skipped by Kim: Told by phone"],
    [{ how: "restored", by: "Kim", at, reason: null }, "New run made by Kim"],
  ] as const)("%j", (settled, words) => {
    expect(settledWords(settled)).toBe(words);
  });

  it.each([
    [1, "Kim tried it again, and it failed again"],
    [2, "It was tried again twice, last by Kim, and failed each time"],
    [7, "It was tried again 7 times, last by Kim, and failed each time"],
  ])("tried before %i times: %s", (times, words) => {
    expect(triedWords({ times, by: "Kim", at })).toBe(words);
  });

  it("says how many more failed alike, and nothing of none", () => {
    expect(alikeWords(36)).toBe("and 36 more like this");
    expect(alikeWords(0)).toBeNull();
  });
});

describe("how far trying all again has come", () => {
  const none = { waiting: 0, trying: 0, passed: 0, failed: 0, left_out: 0 };
  const round = (state: RepairRound["state"], counts: Partial<RepairRound["counts"]>): RepairRound => ({
    state,
    begunBy: "Kim",
    begunAt: at,
    tries: [],
    more: 0,
    counts: { ...none, ...counts },
  });
  it.each([
    [
      round("first", { trying: 1, waiting: 36 }),
      "Kim tries all of these again. The first one is being tried; the other 36 follow when it got past the step.",
    ],
    [
      round("first", { trying: 1, waiting: 1 }),
      "Kim tries all of these again. The first one is being tried; the other one follows when it got past the step.",
    ],
    [
      round("rest", { passed: 2, failed: 1, trying: 3, waiting: 4 }),
      "The first one got past the step, so the others are being tried: 2 got past, 1 failed again, 7 to come.",
    ],
    [
      round("stopped", { failed: 1, left_out: 36 }),
      "The first one did not get past the step, so the other 36 were not tried. Correct the cause first.",
    ],
    [round("done", { passed: 36, failed: 1 }), "Kim tried these again: 36 got past the step, 1 failed again."],
    [
      round("done", { passed: 35, failed: 1, left_out: 1 }),
      "Kim tried these again: 35 got past the step, 1 failed again, of 1 nothing is known or somebody else was faster.",
    ],
  ])("%j", (given, words) => {
    expect(roundWords(given)).toBe(words);
  });
});
