import type { ExecutorLogger } from "../embedded/executor";
import type { SendEvents } from "./event-api";
import type { Outbox, OutboxEvent } from "./outbox";

export interface RelayRules {
  /** Events of one claim. */
  batch: number;
  /** How long a claim holds; longer than the calls it needs, so that nobody sends the same events beside it, ms. */
  leaseMs: number;
  /** Bytes of one request; an event that is larger goes alone. */
  maxBytes: number;
  /** Pauses after each refusal of one event, ms; refused once more after the last, it is set aside. */
  refusalPausesMs: readonly number[];
  /** Of an event that the server failed on while it took others; and of one that it failed on while it took none, ms. */
  failedPauseMs: number;
  downPauseMs: number;
}

const minute = 60_000;

export const relayRules: RelayRules = {
  batch: 100,
  leaseMs: 90_000,
  maxBytes: 400_000,
  refusalPausesMs: [1_000, 5_000, 30_000, 2 * minute, 10 * minute, 30 * minute, 60 * minute],
  failedPauseMs: 30_000,
  // Behind all others, so that bad events at the front of the queue cannot hold it up.
  downPauseMs: 1_000,
};

/** So many events in a row that nobody took mean that the server is down, not that the events are bad. */
const failuresThatMeanDown = 3;

export interface SendTurn {
  /** There may be more to send at once. */
  more: boolean;
  /** Why the server takes nothing at the moment. */
  problem?: string;
}

/** One turn of the relay: claims what is due and sends it; what is refused together is sent one by one. */
export async function sendClaimed(
  outbox: Outbox,
  send: SendEvents,
  log: ExecutorLogger,
  changes: Partial<RelayRules> = {},
): Promise<SendTurn> {
  const rules = { ...relayRules, ...changes };
  const deadline = performance.now() + rules.leaseMs / 2;
  const claimed = await outbox.claim(rules.batch, rules.leaseMs);
  const waiting = requests(claimed, rules.maxBytes);
  let failed: string[] = [];
  let problem: string | undefined;

  for (let events = waiting.shift(); events; events = waiting.shift()) {
    const outOfTime = performance.now() > deadline;
    const result = outOfTime || failed.length >= failuresThatMeanDown ? undefined : await send(events);
    const [only, ...others] = events;
    if (result?.kind === "accepted") {
      await outbox.accepted(events.map(({ id }) => id));
      await serverIsUp();
    } else if (result && others.length > 0 && !(result.kind === "unavailable" && result.forAll)) {
      waiting.unshift(...events.map((event) => [event]));
    } else if (only && result?.kind === "refused") {
      await refused(only, result.reason);
      await serverIsUp();
    } else if (only && result?.kind === "unavailable" && !result.forAll) {
      failed.push(only.id);
      problem = result.reason;
    } else {
      await outbox.release([...events, ...waiting.splice(0).flat()].map(({ id }) => id));
      if (result?.kind === "unavailable") problem = result.reason;
    }
  }
  await postponeFailed(rules.downPauseMs);
  return problem === undefined ? { more: claimed.length === rules.batch } : { more: false, problem };

  /** It took another event, so those that it failed on are to blame themselves. */
  async function serverIsUp(): Promise<void> {
    await postponeFailed(rules.failedPauseMs);
    problem = undefined;
  }

  async function postponeFailed(pauseMs: number): Promise<void> {
    for (const id of failed) await outbox.postpone(id, pauseMs, false);
    failed = [];
  }

  async function refused(event: OutboxEvent, reason: string): Promise<void> {
    const pause = rules.refusalPausesMs[event.attempts];
    if (pause !== undefined) {
      log.warn({ event: event.name, id: event.eventId, reason }, "the Inngest server refused an event; trying again");
      await outbox.postpone(event.id, pause, true);
      return;
    }
    log.error(
      { event: event.name, id: event.eventId, reason },
      "the Inngest server keeps refusing an event; set aside",
    );
    await outbox.refuse(event.id, reason);
  }
}

/** Splits into requests that stay below the size. */
function requests(events: OutboxEvent[], maxBytes: number): OutboxEvent[][] {
  const split: OutboxEvent[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event.data));
    if (bytes + size > maxBytes) {
      split.push([]);
      bytes = 0;
    }
    split.at(-1)?.push(event);
    bytes += size;
  }
  return split;
}
