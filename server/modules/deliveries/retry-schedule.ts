const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Pauses after the first, second … failed try; together a little more than 24 hours. */
export const retryPausesMs: readonly number[] = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  6 * hour,
  10 * hour,
];

const longestPauseMs = 24 * hour;

/** How long to wait after try `attempt` (1-based) has failed; null = that was the last one. */
export function pauseAfter(attempt: number, retryAfterMs = 0): number | null {
  const pause = retryPausesMs[attempt - 1];
  return pause === undefined ? null : Math.min(Math.max(pause, retryAfterMs), longestPauseMs);
}
