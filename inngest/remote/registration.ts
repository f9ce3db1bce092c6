import { setTimeout as delay } from "node:timers/promises";

/** What came of one try: undefined when the server took the functions, else why not, as a sentence. */
export type SyncResult = string | undefined;

export interface RegistrationOptions {
  /** Tells the server which functions there are, and where. */
  sync(): Promise<SyncResult>;
  /** Called after each try. */
  onResult(problem: SyncResult): void;
  /** How long an accepted registration is trusted: the server may have been started again without its memory, ms. */
  renewMs: number;
  firstRetryMs?: number;
}

const longestRetryMs = 30_000;

/** Registers at once, again with growing pauses until the server has accepted, and from then on every `renewMs`. */
export function keepRegistered({ sync, onResult, renewMs, firstRetryMs = 250 }: RegistrationOptions): {
  stop(): Promise<void>;
} {
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;

  async function run(): Promise<void> {
    let pause = firstRetryMs;
    while (!isStopping()) {
      const problem = await sync();
      if (isStopping()) return;
      onResult(problem);
      const wait = problem === undefined ? renewMs : pause;
      pause = problem === undefined ? firstRetryMs : Math.min(pause * 2, longestRetryMs);
      await delay(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
