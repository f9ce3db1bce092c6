/** The limits of a real Inngest server, so that nothing works only here. Sizes in bytes, times in ms. */
export const limits = {
  steps: 1000,
  stepOutput: 4 * 1024 * 1024,
  state: 32 * 1024 * 1024,
  event: 3 * 1024 * 1024,
  eventName: 512,
  wait: 366 * 86_400_000,
  retries: 20,
  /** One call that does not answer for this long is given up (a step inside a step never answers). */
  callMs: 15 * 60_000,
  /** Workers that may die over one call before the run is failed: a poison step must not kill workers for ever. */
  takeovers: 20,
  retryAfterMin: 1_000,
  retryAfterMax: 86_400_000,
} as const;
