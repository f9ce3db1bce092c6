import { Inngest, type InngestFunction } from "inngest";
import type { Pool } from "pg";
import { createGroupWriter } from "@/server/db/group-writer";
import { createEmbeddedExecutor, type EmbeddedExecutor, type EmbeddedExecutorOptions, type ExecutorLogger } from "./executor";
import { createFetchShim } from "./fetch-shim";

const silent: ExecutorLogger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: (fields, message) => console.error(message, fields) };

/** A client as inngest/client.ts makes it, with nothing bound yet. */
export function createTestClient() {
  const fetch = createFetchShim();
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, flush: () => Promise.resolve() };
  const client = new Inngest({ id: "test", isDev: false, signingKey: "00ff", eventKey: "embedded", fetch, logger: quiet, checkpointing: { bufferedSteps: 1, maxRuntime: "50s" } });
  return { client, fetch };
}

type Overrides = Partial<Pick<EmbeddedExecutorOptions, "concurrency" | "leaseMs" | "retryDelays" | "clock" | "workerName" | "callMs" | "logger">>;

/** A started executor on a test database, with retries fast enough for a test. */
export async function startTestExecutor(
  database: { url: string; pool: Pool },
  { client, fetch }: ReturnType<typeof createTestClient>,
  functions: InngestFunction.Any[],
  overrides: Overrides = {},
): Promise<EmbeddedExecutor> {
  const executor = createEmbeddedExecutor({
    pool: database.pool,
    listenClient: { connectionString: database.url },
    writer: createGroupWriter(database.pool),
    client,
    functions,
    logger: silent,
    retryDelays: () => 50,
    ...overrides,
  });
  await executor.start();
  fetch.bind(executor);
  return executor;
}
