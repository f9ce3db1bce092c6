import { Client } from "pg";
import type { ExecutorLogger } from "./executor";

const firstDelay = 100;
const maxDelay = 5_000;

/** A connection of its own that hears of new events (or of another channel); comes back by itself when it is cut. */
export function createListener(
  connectionString: string,
  onEvent: () => void,
  logger: ExecutorLogger,
  channel = "hp_events",
) {
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let delay = firstDelay;

  async function connect(): Promise<void> {
    const fresh = new Client({ connectionString, application_name: "holdpoint-listen", keepAlive: true });
    client = fresh;
    const again = (): void => {
      if (client !== fresh || stopped) return;
      client = undefined;
      fresh.end().catch(() => undefined);
      timer = setTimeout(() => void connect(), delay);
      delay = Math.min(delay * 2, maxDelay);
    };
    fresh.on("error", again);
    fresh.on("end", again);
    fresh.on("notification", onEvent);
    try {
      await fresh.connect();
      await fresh.query(`listen ${channel}`);
      delay = firstDelay;
      // What came while nobody listened.
      onEvent();
    } catch (error) {
      if (!stopped)
        logger.warn({ err: error }, "The connection that hears of new events is down; polling until it is back.");
      again();
    }
  }

  return {
    start: connect,
    stop: async (): Promise<void> => {
      stopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
