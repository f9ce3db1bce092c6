/** Whether a call under way shows life: a step's body is at work, or something of it ended not long ago. */
export interface CallLife {
  /** Runs a part of the call that may take as long as it takes. */
  during<T>(work: () => Promise<T>): Promise<T>;
  isExecuting(): boolean;
  /** Resolves when there was no sign of life for the limit; `stop` ends the watch. */
  watch(): { lifeless: Promise<"lifeless">; stop(): void };
}

/** `limitMs` counts from the last sign of life, never while something is executing. */
export function createCallLife(limitMs: number): CallLife {
  let executing = 0;
  let seenAt = performance.now();
  return {
    async during(work) {
      executing += 1;
      try {
        return await work();
      } finally {
        executing -= 1;
        seenAt = performance.now();
      }
    },
    isExecuting: () => executing > 0,
    watch() {
      let timer: NodeJS.Timeout | undefined;
      const lifeless = new Promise<"lifeless">((resolve) => {
        const look = (): void => {
          const left = executing > 0 ? limitMs : seenAt + limitMs - performance.now();
          if (left <= 0) {
            resolve("lifeless");
            return;
          }
          timer = setTimeout(look, Math.ceil(left));
          timer.unref();
        };
        look();
      });
      return {
        lifeless,
        stop: () => {
          clearTimeout(timer);
        },
      };
    },
  };
}
