import { newId } from "@/core/ids";
import { callId } from "./call";
import { isPassing } from "./connection-errors";
import type { Dispatch } from "./dispatcher";
import type { ExecutorLogger } from "./executor";
import type { Store } from "./store";

const beatMs = 1_000;
/** Every so many beats: give back leases that nobody here remembers. */
const reconcileEvery = 5;
const forgetEvery = 60;

interface Parts {
  store: Store;
  name: string;
  /** How long a worker may be silent before its calls are taken over. */
  silentMs: number;
  active: ReadonlyMap<string, Dispatch>;
  logger: ExecutorLogger;
  /** Calls of a dead worker can be claimed. */
  onFreed(): void;
}

/** This worker's row, its heartbeat, and the take-over of calls whose worker has died. */
export function createPresence({ store, name, silentMs, active, logger, onFreed }: Parts) {
  let id = newId();
  let beats = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function beat(): Promise<void> {
    const { alive, freed } = await store.heartbeat(id, silentMs);
    if (stopped) return;
    if (!alive) await rise();
    if (freed > 0) {
      logger.warn({ calls: freed }, "Took over the calls of a worker that has died.");
      onFreed();
    }
    beats += 1;
    if (beats % reconcileEvery === 0) await reconcile();
    if (beats % forgetEvery === 0) await store.forgetDedupe();
  }

  /** Declared dead while alive (stopped for long, or two workers with one name): start again as somebody new. */
  async function rise(): Promise<void> {
    logger.warn({ worker: name }, "This worker was declared dead by another; it goes on under a new identity.");
    for (const dispatch of active.values()) dispatch.state = "lost";
    id = newId();
    await store.register(id, name);
  }

  /** An answer of the database that never arrived can leave a lease that nobody works on. */
  async function reconcile(): Promise<void> {
    const held = await store.held(id);
    const orphans = held.filter((call) => !active.has(callId(call)));
    if (orphans.length === 0) return;
    await store.release(id, orphans);
    onFreed();
  }

  function schedule(): void {
    timer = setTimeout(() => {
      beat()
        .catch((error: unknown) => {
          if (!stopped && !isPassing(error)) logger.error({ err: error }, "The heartbeat failed.");
        })
        .finally(() => {
          if (!stopped) schedule();
        });
    }, beatMs);
  }

  return {
    id: (): string => id,
    start: async (): Promise<void> => {
      await store.register(id, name);
      await beat();
      schedule();
    },
    stop: (): void => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
