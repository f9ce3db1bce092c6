import { setTimeout as delay } from "node:timers/promises";
import { createListener } from "../embedded/listener";
import type { ExecutorLogger } from "../embedded/executor";
import type { Outbox } from "./outbox";
import { sendClaimed, type RelayRules } from "./send-claimed";
import type { SendEvents } from "./event-api";

/** With nobody telling it anything it still looks this often, ms. */
const everyMs = 1_000;
const longestPauseMs = 30_000;

export interface RelayOptions {
  connectionString: string;
  outbox: Outbox;
  send: SendEvents;
  log: ExecutorLogger;
  rules?: Partial<RelayRules>;
}

/**
 * With a real Inngest server: sends what the outbox holds. No transaction is open while it talks; a row goes only after the server
 * has the event, and the event's id makes a repeat harmless. Any number of workers may run one.
 */
export function startRelay({ connectionString, outbox, send, log, rules }: RelayOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  let turn: Promise<void> | null = null;
  let again = false;
  let pause = 0;

  const kick = (): void => {
    again = true;
    turn ??= drain().finally(() => {
      turn = null;
    });
  };
  const drain = async (): Promise<void> => {
    while (again && !isStopping()) {
      again = false;
      try {
        const { more, problem } = await sendClaimed(outbox, send, log, rules);
        again ||= more;
        if (problem === undefined) {
          pause = 0;
          continue;
        }
        log.warn({ reason: problem }, "the Inngest server takes no events at the moment; trying again");
        again = true;
        pause = Math.min(Math.max(pause * 2, 500), longestPauseMs);
        await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      } catch (error) {
        log.warn({ err: error }, "the outbox could not be read; trying again");
      }
    }
  };
  const listener = createListener(connectionString, kick, log);
  void listener.start();
  const timer = setInterval(kick, everyMs);
  return {
    stop: async () => {
      stopping.abort();
      clearInterval(timer);
      await listener.stop();
      await turn;
    },
  };
}
