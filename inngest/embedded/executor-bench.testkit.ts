import type { InngestFunction } from "inngest";
import { afterEach, beforeEach } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import {
  createTestClient,
  startTestExecutor,
  type TestClient,
  type TestExecutor,
  type TestExecutorOptions,
} from "./executor.testkit";

/** For each test a fresh database, a client on it, and an executor that begins with `start`. */
export function useTestExecutor(): ExecutorBench {
  let database: TestDatabase;
  let test: TestClient;
  let executor: TestExecutor | undefined;
  beforeEach(async () => {
    database = await createTestDatabase();
    test = createTestClient();
  });
  afterEach(async () => {
    await executor?.stop();
    executor = undefined;
    await database.close();
  });
  return {
    client: () => test.client,
    pool: () => database.pool,
    start: async (functions, overrides) => {
      executor = await startTestExecutor(database.url, test, functions, overrides);
      return executor;
    },
  };
}

interface ExecutorBench {
  client(): TestClient["client"];
  pool(): TestDatabase["pool"];
  start(functions: InngestFunction.Any[], overrides?: TestExecutorOptions): Promise<TestExecutor>;
}
