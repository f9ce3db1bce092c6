/** The limits of a real Inngest server, so that nothing works only here. Sizes in bytes, times in ms. */
export const limits = {
  steps: 1000,
  stepOutput: 4 * 1024 * 1024,
  state: 32 * 1024 * 1024,
  event: 3 * 1024 * 1024,
  eventName: 512,
  wait: 366 * 86_400_000,
  retries: 20,
  /** A call that shows no life for this long, with no step under way, is given up. */
  callMs: 15 * 60_000,
  /** Workers that may crash or hang over one call before the run is failed: a poison step must not kill workers for ever. */
  takeovers: 3,
  retryAfterMin: 1_000,
  retryAfterMax: 86_400_000,
} as const;
