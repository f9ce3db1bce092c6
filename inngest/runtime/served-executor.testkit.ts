import type { InngestFunction } from "inngest";
import type { Pool } from "pg";
import type { HoldpointInngest } from "../client";
import { createEventApi } from "../remote/event-api";
import { createOutbox } from "../remote/outbox";
import { startRelay } from "../remote/relay";
import type { RunExecutor } from "./run-executor.testkit";
import {
  createServedClient,
  serveFunctions,
  startServedApp,
  type ServedApp,
  type ServingWorker,
} from "./served-app.testkit";

/** A server does not tell what it is about to do: with nothing due and no call for so long, ms, nothing more comes. */
const quietMs = 1_500;

/** One app for each test database, whoever joins it. */
const apps = new Map<string, Promise<ServedApp>>();

/** A worker on a real Inngest server: serves the functions over HTTP, registers them, and relays the outbox. */
export async function startServedExecutor(
  database: { url: string; pool: Pool },
  functionsOf: (client: HoldpointInngest) => InngestFunction.Any[],
  limit: number,
): Promise<RunExecutor> {
  const joined = apps.get(database.url) ?? startServedApp();
  apps.set(database.url, joined);
  const app = await joined;
  const client = createServedClient(app.id);
  const worker: ServingWorker = { handler: serveFunctions(client, functionsOf(client)), limit, busy: 0 };
  app.workers.push(worker);
  await app.register();
  const log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (fields: object, message: string) => process.emitWarning(`${message} ${JSON.stringify(fields)}`),
    error: (fields: object, message: string) => process.emitWarning(`${message} ${JSON.stringify(fields)}`),
  };
  const relay = startRelay({
    connectionString: database.url,
    outbox: createOutbox(database.pool),
    send: createEventApi(client, 10_000),
    log,
  });
  let stopped = false;

  const due = async (): Promise<boolean> =>
    (await database.pool.query("select 1 from event_outbox where due_at <= now() limit 1")).rowCount !== 0;
  return {
    async idle() {
      let [quietSince, calls] = [Date.now(), app.calls()];
      while (Date.now() - quietSince < quietMs) {
        if (app.underWay() > 0 || app.calls() !== calls || (await due()))
          [quietSince, calls] = [Date.now(), app.calls()];
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    loseDrivers(runId) {
      app.loseDrivers(runId);
      return Promise.resolve();
    },
    isAtRest: (driverId) => Promise.resolve(app.underWay(driverId) === 0),
    async stop() {
      if (stopped) return;
      stopped = true;
      await relay.stop();
      if (app.workers.length === 1) {
        apps.delete(database.url);
        await app.close();
      } else {
        app.workers.splice(app.workers.indexOf(worker), 1);
        while (worker.busy > 0) await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}
