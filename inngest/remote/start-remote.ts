import { serve } from "inngest/node";
import { hotPool } from "@/server/db/pools";
import { env } from "@/server/env";
import { isLoopback, type InngestServer } from "@/server/inngest-server";
import { logger } from "@/server/logger";
import { createHostCheck } from "@/server/web/host-check";
import { createInngest } from "../client";
import { createFunctions } from "../functions/catalogue";
import { callPath, openEndpoint } from "./endpoint";
import { createEventApi } from "./event-api";
import { createOutbox } from "./outbox";
import { createPresence } from "./presence";
import { keepRegistered } from "./registration";
import { startRelay } from "./relay";
import { createSync } from "./sync";

/** What a call under way at the stop may still take; the supervisor waits longer. A call that is cut is made again. */
const graceMs = 15_000;
const eventTimeoutMs = 10_000;

/** A server of one's own may lose its memory in a restart; Cloud does not. */
const renewMs: Readonly<Record<Exclude<InngestServer["kind"], "embedded">, number>> = {
  dev: 5_000,
  self_hosted: 15_000,
  cloud: 10 * 60_000,
};

/** The worker of a real Inngest server: serves the functions on its own port, keeps them registered, and sends the outbox. */
export async function startRemote(
  server: Exclude<InngestServer, { kind: "embedded" }>,
): Promise<{ stop(): Promise<void> }> {
  const { DATABASE_URL, HOST, HOLDPOINT_VERSION, HOLDPOINT_WORKER_PORT, HOLDPOINT_WORKER_URL } = env();
  const { HOLDPOINT_ALLOWED_HOSTS, INNGEST_SIGNING_KEY } = env();
  const log = logger();
  const pool = hotPool();
  const reachedAt = new URL(HOLDPOINT_WORKER_URL ?? `http://127.0.0.1:${HOLDPOINT_WORKER_PORT}`);
  const presence = createPresence(pool, reachedAt.href, log);

  const sync = createSync({
    endpoint: `http://${own(HOST)}:${HOLDPOINT_WORKER_PORT}${callPath}`,
    server,
    ...(server.kind === "dev" ? {} : { signingKey: INNGEST_SIGNING_KEY ?? "" }),
  });
  const client = createInngest({ server, fetch: sync.fetch, logger: log });
  const calls = serve({
    client,
    functions: createFunctions(client),
    // Nobody but the server and this worker itself makes it register or tell what it serves.
    enableUnauthedSync: false,
    serveOrigin: reachedAt.origin,
    // Behind a balancer the path may begin with something of its own.
    servePath: `${reachedAt.pathname.replace(/\/+$/, "")}${callPath}`,
  });
  const endpoint = await openEndpoint({
    host: HOST,
    port: HOLDPOINT_WORKER_PORT,
    calls,
    isForUs: createHostCheck({ addresses: calledAt(reachedAt), host: HOST, allowed: HOLDPOINT_ALLOWED_HOSTS }),
    problems: async () => [presence.problem(), await databaseProblem()].filter((each) => each !== null),
    version: HOLDPOINT_VERSION,
    graceMs,
  });
  presence.start();
  let relay: { stop(): Promise<void> } | undefined;
  const registration = keepRegistered({
    sync: sync.sync,
    renewMs: renewMs[server.kind],
    onResult: (problem) => {
      if ((problem ?? null) !== presence.problem())
        if (problem === undefined) log.info({ server: server.url }, "the Inngest server knows this worker's functions");
        else log.warn({ reason: problem }, "not registered with the Inngest server; trying again");
      presence.registered(problem);
      // An event that arrives before the functions are known starts none of them: it would be taken, and be gone.
      if (problem === undefined) relay ??= sendOutbox();
    },
  });
  return {
    stop: async () => {
      await registration.stop();
      await Promise.all([relay?.stop(), endpoint.stop()]);
      await presence.stop();
    },
  };

  function sendOutbox(): { stop(): Promise<void> } {
    return startRelay({
      connectionString: DATABASE_URL,
      outbox: createOutbox(pool),
      send: createEventApi(client, eventTimeoutMs),
      log,
    });
  }

  async function databaseProblem(): Promise<string | null> {
    return await pool.query("select 1").then(
      () => null,
      () => "The database cannot be reached.",
    );
  }
}

/** The server writes `localhost` for this machine's own address, also where a balancer on it stands before the workers. */
function calledAt(reachedAt: URL): string[] {
  if (!isLoopback(reachedAt.href)) return [reachedAt.href];
  const named = new URL(reachedAt);
  named.hostname = "localhost";
  return [reachedAt.href, named.href];
}

/** An address at which this process reaches what it listens on itself. */
function own(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
