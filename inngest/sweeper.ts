import type { SweepResult } from "@/server/modules/runs/sweep-store";

/** How often the backstop looks. Everything normal is told by events; this bounds what a lost one costs, ms. */
const everyMs = 2_000;

/** Runs `sweep` again and again until stopped; one at a time, and a failure only waits for the next turn. */
export function startSweeper(sweep: () => Promise<SweepResult>, log: { warn(fields: object, message: string): void }): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const turn = async (): Promise<void> => {
    try {
      const { woken, revived } = await sweep();
      if (woken > 0) log.warn({ woken }, "wake-ups were sent again");
      if (revived.length > 0) log.warn({ runs: revived }, "runs without a living driver were given a new one");
    } catch (error) {
      log.warn({ err: error }, "sweep failed; trying again");
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
