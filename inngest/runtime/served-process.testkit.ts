/** Entry of a worker process as inngest/worker.ts is one, whose functions a real server calls at PORT. */
import { hotPool } from "@/server/db/pools";
import { env } from "@/server/env";
import { logger } from "@/server/logger";
import { createInngest } from "../client";
import { createFunctions } from "../functions/catalogue";
import { createEventApi } from "../remote/event-api";
import { createOutbox } from "../remote/outbox";
import { startRelay } from "../remote/relay";
import { startScheduler } from "../scheduler";
import { startSweeper } from "../sweeper";
import { serveFunctions, startServedApp } from "./served-app.testkit";

const client = createInngest({ logger: logger() });
const app = await startServedApp("holdpoint", env().PORT);
app.workers.push({
  handler: serveFunctions(client, createFunctions(client)),
  limit: Number.POSITIVE_INFINITY,
  busy: 0,
});
startRelay({
  connectionString: env().DATABASE_URL,
  outbox: createOutbox(hotPool()),
  send: createEventApi(client, 10_000),
  log: logger(),
});
startSweeper();
startScheduler(env().DATABASE_URL, logger());
