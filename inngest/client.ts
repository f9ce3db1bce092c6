import { Inngest } from "inngest";
import { stepWatch } from "./embedded/step-watch";

/** Options that differ between embedded and real servers; the SDK reads INNGEST_* for the latter by itself. */
export interface ClientOptions {
  /** Embedded: every call the SDK makes out is answered in this process. */
  fetch?: typeof fetch;
  signingKey?: string;
  logger: {
    info(...args: unknown[]): void;
    warn(...args: unknown[]): void;
    error(...args: unknown[]): void;
    debug(...args: unknown[]): void;
  };
}

export type HoldpointInngest = ReturnType<typeof createInngest>;

/** The one Inngest client. A logger without `flush` would cost the SDK a timer on every call. */
export function createInngest(options: ClientOptions) {
  return new Inngest({
    id: "holdpoint",
    checkpointing: { bufferedSteps: 1, maxRuntime: "50s" },
    middleware: [stepWatch],
    logger: Object.assign(options.logger, { flush: () => Promise.resolve() }),
    ...(options.fetch
      ? { fetch: options.fetch, isDev: false, eventKey: "embedded", signingKey: options.signingKey ?? "" }
      : {}),
  });
}
