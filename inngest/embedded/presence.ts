import { newId } from "@/core/ids";
import { callId } from "./call";
import { isPassing } from "@/server/db/write-errors";
import type { Dispatch } from "./dispatcher";
import type { ExecutorLogger } from "./executor";
import { isGone, thisProcess } from "./process-identity";
import type { Store } from "./store";

const beatMs = 1_000;
/** Every so many beats: give back leases that nobody here remembers. */
const reconcileEvery = 5;
const forgetEvery = 60;

interface Parts {
  store: Store;
  /** A label; others may have the same. */
  name: string;
  /** How long a worker may be silent before its calls are taken over. */
  silentMs: number;
  /** The pid of the worker before this one on this host, when it crashed or hung. */
  faultyPid?: number;
  active: ReadonlyMap<string, Dispatch>;
  logger: ExecutorLogger;
  /** Calls of a dead worker can be claimed. */
  onFreed(): void;
}

const idOf = ({ id }: { id: string }): string => id;

/** This worker's row, its heartbeat, and the take-over of calls whose worker has died. */
export function createPresence({ store, name, silentMs, faultyPid, active, logger, onFreed }: Parts) {
  let id = newId();
  let beats = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let beating: Promise<void> | null = null;
  /** When this worker last asked the database to note that it lives, and was told that it does. */
  let seenAt = -Infinity;
  /** Since when that has gone on without a gap; for ever at the start. */
  let steadySince = -Infinity;

  const isCurrent = (): boolean => performance.now() - seenAt < silentMs * 0.75;

  async function register(gone: { id: string; pid: number }[]): Promise<void> {
    const faulty = gone.filter(({ pid }) => pid === faultyPid);
    await store.register({ id, name, ...thisProcess(), gone: gone.map(idOf), faulty: faulty.map(idOf) });
  }

  async function beat(): Promise<void> {
    const askedAt = performance.now();
    if (beats > 0 && askedAt - seenAt > silentMs) steadySince = askedAt;
    // While the database was away everybody was silent: nobody is declared dead before all had time to come back.
    const { alive, freed } = await store.heartbeat(id, silentMs, askedAt - steadySince >= silentMs);
    if (stopped) return;
    if (!alive) await rise();
    seenAt = askedAt;
    if (freed > 0) {
      logger.warn({ calls: freed }, "Took over the calls of a worker that has died.");
      onFreed();
    }
    beats += 1;
    if (beats % reconcileEvery === 0) await reconcile();
    if (beats % forgetEvery === 0) await store.forgetDedupe();
  }

  const beatOnce = (): Promise<void> =>
    (beating ??= beat().finally(() => {
      beating = null;
    }));

  /** Declared dead while alive, having been stopped or cut off for long: its calls are others' now, and it starts again as somebody new. */
  async function rise(): Promise<void> {
    logger.warn(
      { worker: name },
      "This worker was silent for too long and its calls were taken over; it goes on as a new one.",
    );
    for (const dispatch of active.values()) dispatch.state = "lost";
    id = newId();
    await register([]);
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
    timer = setTimeout(
      () => {
        beatOnce()
          .catch((error: unknown) => {
            if (!stopped && !isPassing(error)) logger.error({ err: error }, "The heartbeat failed.");
          })
          .finally(() => {
            if (!stopped) schedule();
          });
      },
      Math.min(beatMs, silentMs / 4),
    );
  }

  return {
    id: (): string => id,
    /** False when others may believe by now that this worker is dead: then it must not take calls. */
    isCurrent,
    /** Resolves when this worker is known to be alive. */
    current: async (): Promise<void> => {
      while (!stopped && !isCurrent()) await beatOnce();
    },
    start: async (): Promise<void> => {
      // The calls of a process that was here before are taken over at once, whatever it was called.
      const neighbours = await store.neighbours(thisProcess().host);
      await register(neighbours.filter(isGone));
      await beatOnce();
      schedule();
    },
    stop: (): void => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
