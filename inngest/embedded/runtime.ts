import type { Clock } from "@/core/ports";
import { newId } from "@/core/ids";
import { createCheckpoints, type CheckpointBody } from "./checkpoints";
import { createCron } from "./cron";
import { createDispatcher, type Dispatch } from "./dispatcher";
import type { EmbeddedExecutorOptions } from "./executor";
import type { Catalog } from "./function-catalog";
import { createIntake } from "./intake";
import { createListener } from "./listener";
import { createPresence } from "./presence";
import { retryDelay } from "./retry-delays";
import type { Sdk } from "./sdk";
import { createSlots } from "./slots";
import type { Store } from "./store";
import { createTicker } from "./ticker";

export interface Runtime {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Looks for events now. */
  kick(): void;
  /** Looks for due calls now. */
  wake(): void;
  checkpoint(body: CheckpointBody): Promise<boolean>;
  /** Calls under way. */
  underWay(): number;
}

interface Parts {
  sdk: Sdk;
  catalog: Catalog;
  store: Store;
  clock: Clock;
  options: EmbeddedExecutorOptions;
}

const defaultConcurrency = 64;
/** Slots on top, which whoever has all the others may not have: steps that last a minute do not keep others waiting for a minute. */
const spare = 1 / 8;
/** A machine under load may be silent for seconds; whoever died on this host is known at once, without waiting. */
const defaultLeaseMs = 10_000;
export const defaultStopGraceMs = 10_000;
/** How long a stop waits for a call in which no step is under way. */
const handOverMs = 800;

/** The moving parts of a started executor, wired together. */
export function createRuntime({ sdk, catalog, store, clock, options }: Parts): Runtime {
  const { logger } = options;
  let stopping = false;
  const isStopping = (): boolean => stopping;
  const most = options.concurrency ?? defaultConcurrency;
  const slots = createSlots(most + Math.floor(most * spare), () => ticker.onSlot());
  const worker = (): string => presence.id();
  const wakeIn = (inMs: number): void => ticker.wakeIn(inMs);
  const given = {
    ...(options.callMs === undefined ? {} : { callMs: options.callMs }),
    ...(options.takeovers === undefined ? {} : { takeovers: options.takeovers }),
  };

  const dispatcher = createDispatcher({
    sdk,
    store,
    catalog,
    slots,
    most,
    worker,
    mayLease: () => presence.isCurrent(),
    current: () => presence.current(),
    logger,
    clock,
    retryDelay: options.retryDelays ?? retryDelay,
    wakeIn,
    isStopping,
    ...given,
  });
  const intake = createIntake({
    store,
    catalog,
    share: dispatcher.share,
    worker,
    current: () => presence.current(),
    run: dispatcher.run,
    logger,
    clock,
    isStopping,
    wakeIn,
    mayLease: () => !ticker.hasBacklog(),
  });
  const cron = createCron(store, catalog, clock);
  const ticker = createTicker({
    store,
    slots,
    share: dispatcher.share,
    worker,
    current: () => presence.current(),
    run: dispatcher.run,
    logger,
    isStopping,
    onLook: () => {
      intake.kick();
      lookAtCron();
    },
  });
  const presence = createPresence({
    store,
    name: options.workerName ?? newId(),
    silentMs: options.leaseMs ?? defaultLeaseMs,
    ...(options.faultyPid === undefined ? {} : { faultyPid: options.faultyPid }),
    active: dispatcher.active,
    logger,
    onFreed: ticker.kick,
  });
  const listener = createListener(options.listenClient.connectionString, intake.kick, logger);

  function lookAtCron(): void {
    cron.look().then(
      (fired) => {
        if (fired) ticker.kick();
      },
      (error: unknown) => {
        if (!stopping) logger.error({ err: error }, "Cron triggers could not be read; trying again.");
      },
    );
  }

  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    ticker.stop();
    await Promise.all([listener.stop(), intake.settled(), ticker.settled()]);
    await stepsEnded(dispatcher.active, options.stopGraceMs ?? defaultStopGraceMs);
    // Until here this worker has shown life, so that nobody took what it was still doing.
    presence.stop();
    const rest = [...dispatcher.active.values()];
    for (const dispatch of rest) dispatch.state = "lost";
    if (rest.length > 0) {
      logger.warn({ calls: rest.length }, "Steps did not end in time; they are repeated by the next worker.");
      await store.release(
        worker(),
        rest.map(({ call }) => call),
      );
    }
    await store.retire(worker());
  }

  return {
    start: async () => {
      await presence.start();
      await cron.start();
      await listener.start();
      ticker.kick();
      // From here the ticker keeps itself going.
      ticker.wakeIn(1);
    },
    stop,
    kick: intake.kick,
    wake: ticker.kick,
    checkpoint: createCheckpoints(store, dispatcher.active, (key) => stopping || dispatcher.share.givesWay(key)),
    underWay: () => dispatcher.active.size,
  };
}

/** Resolves when all calls are over, when no step is under way for a moment, or when the grace is used up. */
async function stepsEnded(active: ReadonlyMap<string, Dispatch>, graceMs: number): Promise<void> {
  const since = performance.now();
  let executingAt = since;
  while (active.size > 0) {
    const now = performance.now();
    if ([...active.values()].some(({ life }) => life.isExecuting())) executingAt = now;
    if (now - since >= graceMs || now - executingAt >= handOverMs) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
