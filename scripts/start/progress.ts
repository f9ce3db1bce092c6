export interface Progress {
  /** Runs the work; prints one line with its duration when it did something (resolved to `true`) or failed. */
  step(done: string, work: () => Promise<boolean>): Promise<void>;
  note(text: string): void;
}

/** What `npm start` says while it works. */
export function createProgress(): Progress {
  return {
    step: async (done, work) => {
      const started = performance.now();
      if (await work()) console.log(`  ✓ ${done} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    },
    note: (text) => {
      console.log(`  … ${text}`);
    },
  };
}
