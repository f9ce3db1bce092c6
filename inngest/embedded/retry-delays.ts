const second = 1_000;
const minute = 60 * second;
const table = [second, 5 * second, 15 * second, minute, 5 * minute, 10 * minute, 20 * minute, 40 * minute, 60 * minute];

/** Milliseconds before attempt `attempt` (0-based: 1 is the first retry). Small at first: a person may be watching. */
export function retryDelay(attempt: number): number {
  return table[Math.min(Math.max(attempt, 1), table.length) - 1] ?? minute;
}
