import type { Clock } from "@/core/ports";
import { discovery, type Call } from "./call";
import { holds } from "./condition-value";
import { isPassing } from "@/server/db/write-errors";
import type { ExecutorLogger } from "./executor";
import type { Catalog } from "./function-catalog";
import { startsOf } from "./run-start";
import type { FairShare } from "./fair-share";
import type { EventPlan, PendingEvent, Store } from "./store";
import type { JsonObject } from "@/core/json";

const batch = 50;
/** An event that cannot be taken on its own is tried again after this, and named in the log. */
const postponeMs = 60_000;

interface Parts {
  store: Store;
  catalog: Catalog;
  share: FairShare;
  worker(): string;
  /** Resolves when this worker may be given calls. */
  current(): Promise<void>;
  run(call: Call, as: string): void;
  logger: ExecutorLogger;
  clock: Clock;
  isStopping(): boolean;
  /** False while older calls wait for a slot: new ones queue behind them. */
  mayLease(): boolean;
  /** Calls may be waiting for a slot. */
  wakeIn(inMs: number): void;
}

/** Takes events from the inbox in batches, one batch in flight: what they start, wake and cancel is one transaction. */
export function createIntake({
  store,
  catalog,
  share,
  worker,
  current,
  run,
  logger,
  clock,
  isStopping,
  wakeIn,
  mayLease,
}: Parts) {
  let running: Promise<void> | null = null;
  let asked = false;
  /** Whose turn was last. */
  let after = "";

  async function drain(): Promise<void> {
    while (asked && !isStopping()) {
      asked = false;
      await current();
      const peeked = await store.peek(batch, after);
      const pending = peeked.events;
      after = peeked.after;
      if (pending.length === 0) continue;
      const left = await take(pending);
      if (peeked.more || left > 0) asked = true;
      // All that is left waits for runs that are being written this moment.
      if (left === pending.length) await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** Returns how many were left for the next round. */
  async function take(pending: PendingEvent[]): Promise<number> {
    const plans: EventPlan[] = [];
    const made = new Map<string, Start>();
    let reserved = 0;
    let overflow = false;
    while (mayLease() && share.looking()) await share.looking();
    const [as, hold] = [worker(), share.hold()];
    const lease = (key: string): boolean => {
      if (!mayLease() || !hold.take(key)) return !(overflow = true);
      reserved += 1;
      return true;
    };
    let given = 0;
    try {
      for (const event of pending) {
        const envelope: JsonObject = { id: event.dedupe ?? event.id, name: event.name, data: event.data, ts: event.ts };
        const wakes = (event.waits ?? []).filter(
          ({ residual }) => residual === null || holds(residual, { async: envelope }),
        );
        const starts = startsOf(event, catalog, clock.now());
        for (const { draft, event: full } of starts) {
          made.set(draft.run, { fn: draft.fn, key: event.key, event: full });
          draft.lease = draft.limitKeys === undefined && lease(event.key);
          overflow ||= draft.limitKeys !== undefined;
        }
        plans.push({
          id: event.id,
          starts: starts.map(({ draft }) => draft),
          wakes: wakes.map(({ run: id, wait }) => ({ run: id, wait, lease: lease(event.key) })),
        });
      }
      const { started, woken, left } = await store.accept(as, plans);
      const calls = [...started.flatMap(({ run: id, fence }) => firstCall(id, fence, made.get(id))), ...woken];
      // Runs under a concurrency limit are claimed, not leased here.
      if (overflow || calls.length < reserved) wakeIn(0);
      given = calls.length;
      calls.forEach((call) => run(call, as));
      return left;
    } catch (error) {
      if (isPassing(error) || isStopping()) throw error;
      return await takeOneByOne(pending, error);
    } finally {
      hold.end(given);
    }
  }

  async function takeOneByOne(pending: PendingEvent[], error: unknown): Promise<number> {
    const [only] = pending;
    if (pending.length === 1 && only) {
      logger.error(
        { err: error, event: only.name, id: only.id },
        "An event could not be taken; it is tried again in a minute.",
      );
      await store.postpone(only.id, postponeMs);
      return 0;
    }
    let left = 0;
    for (const event of pending) left += await take([event]);
    return left;
  }

  return {
    /** Looks now; while a look is under way, once more after it. */
    kick: (): void => {
      asked = true;
      if (running || isStopping()) return;
      running = drain()
        .catch((error: unknown) => {
          if (!isStopping()) logger.error({ err: error }, "Events could not be read; trying again.");
        })
        .finally(() => {
          running = null;
        });
    },
    /** Resolves when no batch is in flight. */
    settled: async (): Promise<void> => {
      while (running) await running;
    },
  };
}

interface Start {
  fn: string;
  key: string;
  event: JsonObject;
}

function firstCall(run: string, fence: number, start: Start | undefined): Call[] {
  return start
    ? [
        {
          run,
          fence,
          step: discovery,
          attempt: 0,
          takeovers: 0,
          fn: start.fn,
          key: start.key,
          events: [start.event],
          steps: {},
          stack: [],
        },
      ]
    : [];
}
