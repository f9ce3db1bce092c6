import { inspect } from "node:util";
import { Inngest, type InngestFunction } from "inngest";
import { Pool, type PoolClient } from "pg";
import { createGroupWriter, type GroupWriter } from "@/server/db/group-writer";
import {
  createEmbeddedExecutor,
  type EmbeddedExecutor,
  type EmbeddedExecutorOptions,
  type ExecutorLogger,
} from "./executor";
import { createFetchShim } from "./fetch-shim";
import { stepWatch } from "./step-watch";
import type { Claimed } from "./store";

const silent: ExecutorLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (fields, message) => process.emitWarning(`${message} ${inspect(fields)}`),
};

/** A client as inngest/client.ts makes it, with nothing bound yet. */
export function createTestClient() {
  const fetch = createFetchShim();
  const quiet = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
    flush: () => Promise.resolve(),
  };
  const client = new Inngest({
    id: "test",
    isDev: false,
    signingKey: "00ff",
    eventKey: "embedded",
    fetch,
    logger: quiet,
    checkpointing: { bufferedSteps: 1, maxRuntime: "50s" },
    middleware: [stepWatch],
  });
  return { client, fetch };
}

export type TestClient = ReturnType<typeof createTestClient>;

export type TestExecutorOptions = Partial<
  Pick<
    EmbeddedExecutorOptions,
    | "concurrency"
    | "leaseMs"
    | "retryDelays"
    | "clock"
    | "workerName"
    | "callMs"
    | "takeovers"
    | "stopGraceMs"
    | "logger"
  >
>;

export interface TestExecutor extends EmbeddedExecutor {
  writer: GroupWriter;
  /** Whose calls had to wait at its last look at the queue. */
  waiting(): readonly string[];
}

/** Sees what the looks at the queue that go through this pool are answered. */
function watchLooks(pool: Pool): TestExecutor["waiting"] {
  let waiting: readonly string[] = [];
  const query = pool.query.bind(pool) as (asked: { name?: string }) => Promise<{ rows: { r: Claimed }[] }>;
  const watched: typeof query = async (asked) => {
    const answer = await query(asked);
    if (asked.name === "exec_tick") waiting = answer.rows[0]?.r.waiting ?? [];
    return answer;
  };
  pool.query = watched as typeof pool.query;
  return () => waiting;
}

/** A started executor with connections of its own, and retries fast enough for a test. `stop` closes them. */
export async function startTestExecutor(
  url: string,
  { client, fetch }: TestClient,
  functions: InngestFunction.Any[],
  overrides: TestExecutorOptions = {},
): Promise<TestExecutor> {
  const pool = new Pool({ connectionString: url, max: 6 });
  const connections = new Set<PoolClient>();
  pool.on("connect", (connection) => {
    connections.add(connection);
    // A test may cut connections; one that a writer keeps has no other listener while it is idle.
    connection.on("error", () => undefined);
  });
  pool.on("error", () => undefined);
  const waiting = watchLooks(pool);
  const writer = createGroupWriter(pool);
  const executor = createEmbeddedExecutor({
    pool,
    listenClient: { connectionString: url },
    writer,
    client,
    functions,
    logger: silent,
    retryDelays: () => 50,
    ...overrides,
  });
  await executor.start();
  fetch.bind(executor);
  return {
    ...executor,
    writer,
    waiting,
    stop: async () => {
      await executor.stop();
      if (pool.ending) return;
      await writer.drain();
      void pool.end();
      await Promise.all(
        [...connections].map((connection) =>
          (connection as unknown as { end(): Promise<void> }).end().catch(() => undefined),
        ),
      );
    },
  };
}
