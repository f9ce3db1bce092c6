export interface Bell {
  ring(): void;
  /** Resolves at once when it has rung since the last time, else with the next ring, after a time of silence, or when the reader is gone. */
  wait(silenceMs: number): Promise<"rung" | "silence" | "gone">;
}

/** Something to wait on that forgets no ring between two waits. */
export function createBell(gone: AbortSignal): Bell {
  let hasRung = false;
  let wake: (() => void) | null = null;
  const ring = (): void => {
    hasRung = true;
    wake?.();
  };
  return {
    ring,
    async wait(silenceMs) {
      if (!hasRung && !gone.aborted)
        await new Promise<void>((resolve) => {
          const done = (): void => {
            clearTimeout(timer);
            gone.removeEventListener("abort", done);
            wake = null;
            resolve();
          };
          const timer = setTimeout(done, silenceMs);
          wake = done;
          gone.addEventListener("abort", done);
        });
      if (gone.aborted) return "gone";
      if (!hasRung) return "silence";
      hasRung = false;
      return "rung";
    },
  };
}
