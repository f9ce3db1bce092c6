import { createListener } from "./embedded/listener";
import type { ExecutorLogger } from "./embedded/executor";
import { fireDueSchedules } from "@/server/modules/triggers/service";

/** Publishing tells when a schedule is new; should that be lost, this bounds the delay, ms. */
const backstopMs = 30_000;
const channel = "hp_schedules";

/** Fires schedules: sleeps until the next one is due, or until a publish brings a new one. Any number of workers may run it. */
export function startScheduler(
  connectionString: string,
  log: ExecutorLogger,
  now: () => number = Date.now,
): { stop(): Promise<void> } {
  const upSince = now();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let pass: Promise<void> | null = null;
  let again = false;

  const kick = (): void => {
    again = true;
    pass ??= work().finally(() => {
      pass = null;
    });
  };
  const work = async (): Promise<void> => {
    clearTimeout(timer);
    let waitMs = backstopMs;
    while (again && !stopped) {
      again = false;
      try {
        const { nextAt } = await fireDueSchedules(now, upSince);
        waitMs = nextAt === null ? backstopMs : Math.min(backstopMs, Math.max(0, nextAt - now()));
      } catch (error) {
        log.warn({ err: error }, "schedules could not be looked at; trying again");
        waitMs = backstopMs;
      }
    }
    if (!stopped) timer = setTimeout(kick, waitMs);
  };
  const listener = createListener(connectionString, kick, log, channel);
  void listener.start();
  kick();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await listener.stop();
      await pass;
    },
  };
}
