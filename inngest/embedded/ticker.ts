import type { Call } from "./call";
import { isPassing } from "@/server/db/write-errors";
import type { ExecutorLogger } from "./executor";
import type { FairShare } from "./fair-share";
import type { Slots } from "./slots";
import type { Store } from "./store";

const pollMs = 1_000;
const dueBatch = 200;

interface Parts {
  store: Store;
  slots: Slots;
  share: FairShare;
  worker(): string;
  /** Resolves when this worker may be given calls. */
  current(): Promise<void>;
  run(call: Call, as: string): void;
  logger: ExecutorLogger;
  isStopping(): boolean;
  /** At every slow poll and when something future falls due. */
  onLook(): void;
}

/** Watches the clock: due waits and due calls, a slow poll, and a precise timer for whatever is nearest. */
export function createTicker({ store, slots, share, worker, current, run, logger, isStopping, onLook }: Parts) {
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Infinity;
  let running: Promise<void> | null = null;
  let asked = false;
  /** More calls are due than were taken. */
  let backlog = false;
  /** Slots that a look did not need are no news to it. */
  let givingBack = false;

  async function look(): Promise<void> {
    while (asked && !isStopping()) {
      asked = false;
      await current();
      // The rest stays for new events, unless older calls are waiting.
      const free = slots.take(backlog ? slots.free() : Math.ceil(slots.free() / 2));
      let used = 0;
      try {
        const as = worker();
        const claimed = await share.look((draft) => store.tick(as, free, dueBatch, draft));
        const { jobs, seen, fell, nextMs } = claimed;
        used = jobs.length;
        jobs.forEach((job) => run(job, as));
        share.heard(claimed);
        backlog = claimed.waiting.length > 0 || claimed.cut;
        // What is left although there were slots is in other hands this moment, or has its share.
        if (fell > 0 || (backlog && seen >= free && slots.free() > 0)) asked = true;
        if (nextMs !== null) wakeIn(nextMs);
      } finally {
        givingBack = true;
        slots.give(free - used);
        givingBack = false;
      }
    }
  }

  function kick(): void {
    asked = true;
    if (running || isStopping()) return;
    running = look()
      .catch((error: unknown) => {
        if (!isStopping() && !isPassing(error))
          logger.error({ err: error }, "Due work could not be read; trying again.");
      })
      .finally(() => {
        running = null;
      });
  }

  /** Looks again no later than `inMs` from now. */
  function wakeIn(inMs: number): void {
    if (inMs <= 0) {
      kick();
      return;
    }
    const at = performance.now() + Math.min(inMs, pollMs);
    if (at >= timerAt || isStopping()) return;
    clearTimeout(timer);
    timerAt = at;
    timer = setTimeout(onTimer, Math.max(1, Math.ceil(at - performance.now())));
  }

  function onTimer(): void {
    timerAt = Infinity;
    kick();
    onLook();
    wakeIn(pollMs);
  }

  return {
    kick,
    wakeIn,
    /** A slot became free. */
    onSlot: (): void => {
      if (backlog && !givingBack) kick();
    },
    hasBacklog: (): boolean => backlog,
    stop: (): void => clearTimeout(timer),
    settled: async (): Promise<void> => {
      while (running) await running;
    },
  };
}
