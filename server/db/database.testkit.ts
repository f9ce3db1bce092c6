import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { forgetEnv } from "@/server/env";
import { closePrisma } from "./client";
import { closeLive } from "./live";
import { closePools } from "./pools";

/** Points `prisma()`, `hotPool()` and `env()` of this test file at a fresh migrated database. Call `close` in `afterAll`. */
export async function useTestDatabase(variables: Record<string, string> = {}): Promise<TestDatabase> {
  const database = await createTestDatabase();
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    NEXTAUTH_SECRET: "test-secret-test-secret-test-secret-0123",
    HOLDPOINT_BASE_URL: "http://127.0.0.1:3000",
    HOLDPOINT_ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
    LOG_LEVEL: "silent",
    // Where the tests' own servers are.
    HOLDPOINT_ALLOW_PRIVATE_HOSTS: "127.0.0.1",
    ...variables,
  });
  forgetEnv();
  return {
    ...database,
    close: async () => {
      await closeLive();
      await closePools();
      await closePrisma();
      await database.close();
    },
  };
}
