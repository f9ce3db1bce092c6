import type { Inngest, InngestFunction } from "inngest";
import type { Pool } from "pg";
import { newId } from "@/core/ids";
import type { Clock } from "@/core/ports";
import type { GroupWriter } from "@/server/db/group-writer";
import { draftOf, seededId } from "./event-draft";
import type { ShimTarget } from "./fetch-shim";
import { createCatalog } from "./function-catalog";
import { createRuntime, defaultStopGraceMs, type Runtime } from "./runtime";
import { createSdk } from "./sdk";
import { createStore } from "./store";

/** How long a stop tries to hand calls over after the grace. */
const releaseMs = 2_000;

type Log = (fields: object, message: string) => void;

export interface ExecutorLogger {
  debug: Log;
  info: Log;
  warn: Log;
  error: Log;
}

export interface EmbeddedExecutorOptions {
  pool: Pool;
  /** Of the connection that listens for new events. */
  listenClient: { connectionString: string };
  writer: GroupWriter;
  client: Inngest.Any;
  functions: readonly InngestFunction.Any[];
  logger: ExecutorLogger;
  /** Calls under way at once for one organization; when several have work, an eighth more for all together. */
  concurrency?: number;
  /** How long a worker may be silent before others take its calls over, ms. */
  leaseMs?: number;
  /** Milliseconds before attempt n (1 = the first retry). */
  retryDelays?: (attempt: number) => number;
  clock?: Clock;
  /** A label for people; several workers may have the same. */
  workerName?: string;
  /** How long a call may show no life, with no step under way, before it is given up, ms. */
  callMs?: number;
  /** The pid of the worker before this one, when it crashed or hung: what it had in hand may be why. */
  faultyPid?: number;
  /** How many workers may crash or hang over the same call before it is not made again. */
  takeovers?: number;
  /** How long a stop waits for steps under way, ms. */
  stopGraceMs?: number;
}

export interface EmbeddedExecutor extends ShimTarget {
  start(): Promise<void>;
  /** Lets steps under way end within the grace and commits them; with none under way it takes less than a second. */
  stop(): Promise<void>;
  /** Looks for new events now, without waiting for a notification. */
  kick(): void;
  /** Resolves when nothing is due and nothing is under way. For tests. */
  idle(): Promise<void>;
}

/** A durable executor in this process: PostgreSQL holds everything, the unmodified SDK runs the functions. */
export function createEmbeddedExecutor(options: EmbeddedExecutorOptions): EmbeddedExecutor {
  const clock = options.clock ?? { now: () => Date.now() };
  let runtime: Runtime | undefined;
  let closed = false;
  const store = createStore(options.pool, options.writer, () => closed);

  return {
    start: async () => {
      if (runtime) return;
      const sdk = createSdk(options.client, options.functions);
      runtime = createRuntime({ sdk, catalog: createCatalog(await sdk.configs()), store, clock, options });
      await runtime.start();
    },
    stop: async () => {
      // With the database away for good, what could not be handed over is found by its silence.
      const givesUp = setTimeout(() => (closed = true), (options.stopGraceMs ?? defaultStopGraceMs) + releaseMs);
      givesUp.unref();
      await runtime?.stop();
      clearTimeout(givesUp);
      closed = true;
    },
    kick: () => runtime?.kick(),
    // Before the start nothing is under way here: whoever asks holds a lease that is not ours.
    checkpoint: (body) => runtime?.checkpoint(body) ?? Promise.resolve(false),
    signal: async (signal, data) => {
      const run = await store.signal(signal, data);
      if (run !== null) runtime?.wake();
      return run;
    },
    sendEvents: async (events, seed) => {
      const drafts = events.map((event, index) =>
        draftOf(event, seed === undefined ? newId() : seededId(seed, index), clock.now()),
      );
      await store.insertEvents(drafts);
      runtime?.kick();
      return drafts.map(({ id, dedupeId }) => dedupeId ?? id);
    },
    idle: async () => {
      while ((runtime?.underWay() ?? 0) > 0 || (await store.busy()) > 0)
        await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}
