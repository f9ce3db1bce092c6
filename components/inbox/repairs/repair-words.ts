import type { RepairContext, RepairItem, RepairRound, RepairWay, TryResult } from "@/core/contracts/repair";

const pastTense: Record<RepairWay, string> = {
  retried: "Retried by",
  moved: "Moved to a newer version by",
  fixed: "Corrected and retried by",
  skipped: "Step skipped by",
  restored: "New run made by",
  left: "Left as it is by",
};

/** "Retried by Kim"; with why, where somebody said it. */
export function settledWords({ how, by, reason }: NonNullable<RepairItem["settled"]>): string {
  return `${pastTense[how]} ${by}${reason === null ? "" : `: ${reason}`}`;
}

/** "Tried again twice, last by Kim": before it failed this time. */
export function triedWords({ times, by }: NonNullable<RepairContext["triedBefore"]>): string {
  if (times === 1) return `${by} tried it again, and it failed again`;
  return `It was tried again ${times === 2 ? "twice" : `${String(times)} times`}, last by ${by}, and failed each time`;
}

/** "and 36 more like this" */
export function alikeWords(alike: number): string | null {
  return alike === 0 ? null : `and ${String(alike)} more like this`;
}

/** What going on with another version asks of people once more; null: nothing. */
export function askedAgainWords(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const steps = new Intl.ListFormat("en").format(names.map((name) => `“${name}”`));
  return names.length === 1
    ? `${steps} is asked again, because it or what it allows was changed.`
    : `${steps} are asked again, because they or what they allow was changed.`;
}

export const resultWords: Record<TryResult, string> = {
  waiting: "Waits for the first one",
  trying: "Being tried",
  passed: "Got past the step",
  failed: "Failed again",
  left_out: "Not tried",
};

/** How far trying all again has come. */
export function roundWords({ state, begunBy, counts }: RepairRound): string {
  const others = Object.values(counts).reduce((sum, count) => sum + count, 0) - 1;
  switch (state) {
    case "first":
      return `${begunBy} tries all of these again. The first one is being tried; ${others === 1 ? "the other one follows" : `the other ${String(others)} follow`} when it got past the step.`;
    case "rest":
      return `The first one got past the step, so the others are being tried: ${String(counts.passed)} got past, ${String(counts.failed)} failed again, ${String(counts.trying + counts.waiting)} to come.`;
    case "stopped":
      return `The first one did not get past the step, so ${others === 1 ? "the other one was" : `the other ${String(others)} were`} not tried. Correct the cause first.`;
    case "done":
      return `${begunBy} tried these again: ${String(counts.passed)} got past the step, ${String(counts.failed)} failed again${counts.left_out + counts.trying === 0 ? "" : `, of ${String(counts.left_out + counts.trying)} nothing is known or somebody else was faster`}.`;
  }
}
