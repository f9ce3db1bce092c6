import { limits } from "./limits";
import type { MemoDraft } from "./store";

/** What a run's memos add up to so far. */
export interface RunSize {
  steps: number;
  bytes: number;
}

/** Adds finished steps to a run's size; says what is too much, or null. */
export function sizeProblem(size: RunSize, memos: readonly MemoDraft[]): string | null {
  for (const { memo } of memos) {
    const bytes = JSON.stringify(memo).length;
    if (bytes > limits.stepOutput)
      return `A step returned more than ${limits.stepOutput} bytes. Return a reference to the data instead.`;
    size.steps += 1;
    size.bytes += bytes;
  }
  if (size.steps > limits.steps) return `The run has more than ${limits.steps} steps. Split it into several runs.`;
  if (size.bytes > limits.state)
    return `The steps of this run returned more than ${limits.state} bytes in all. Return references to the data instead.`;
  return null;
}
