/** Runs `task` again and again until stopped; one at a time, and a failure only waits for the next turn. */
export function startPeriodic(
  everyMs: number,
  task: () => Promise<void>,
  log: { warn(fields: object, message: string): void },
): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const turn = async (): Promise<void> => {
    try {
      await task();
    } catch (error) {
      log.warn({ err: error }, "a periodic task failed; trying again");
    }
    if (!stopped) timer = setTimeout(() => void turn(), everyMs);
  };
  timer = setTimeout(() => void turn(), everyMs);
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
