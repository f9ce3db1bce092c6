import { Inngest } from "inngest";
import type { InngestServer } from "@/server/inngest-server";
import { stepWatch } from "./embedded/step-watch";

interface ClientLogger {
  info(...args: unknown[]): void;
  warn(...args: unknown[]): void;
  error(...args: unknown[]): void;
  debug(...args: unknown[]): void;
}

/** Options that differ between embedded and real servers; the SDK reads the keys of the latter from INNGEST_* by itself. */
export interface ClientOptions {
  /** Embedded: every call the SDK makes out is answered in this process. */
  fetch?: typeof fetch;
  signingKey?: string;
  /** A real server: what it is, and where. */
  server?: Exclude<InngestServer, { kind: "embedded" }>;
  logger: ClientLogger;
}

export type HoldpointInngest = ReturnType<typeof createInngest>;

/** The one Inngest client. A logger without `flush` would cost the SDK a timer on every call. */
export function createInngest({ fetch, signingKey, server, logger }: ClientOptions) {
  return new Inngest({
    id: "holdpoint",
    checkpointing: { bufferedSteps: 1, maxRuntime: "50s" },
    middleware: [stepWatch],
    logger: Object.assign(logger, { flush: () => Promise.resolve() }),
    ...(fetch ? { fetch } : {}),
    ...(server
      ? // Cloud has an address for its API and another for events, which the SDK knows.
        { isDev: server.kind === "dev", ...(server.kind === "cloud" ? {} : { baseUrl: server.url }) }
      : fetch
        ? { isDev: false, eventKey: "embedded", signingKey: signingKey ?? "" }
        : {}),
  });
}
