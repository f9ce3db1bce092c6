/** The longest time that timers of the platform take, ms (24.8 days): beyond it they fire at once. */
export const longestTimerMs = 2 ** 31 - 1;

/** A time limit as a timer can keep it: whole, at least 1 ms, at most 24.8 days. What is no number is no limit. */
export function timerMs(milliseconds: number): number {
  if (Number.isNaN(milliseconds)) return longestTimerMs;
  return Math.min(longestTimerMs, Math.max(1, Math.ceil(milliseconds)));
}
