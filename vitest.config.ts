import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Code that forgets a time zone fails in one that is neither UTC nor a whole number of hours away from it.
process.env.TZ = "Asia/Kathmandu";

const root = fileURLToPath(new URL(".", import.meta.url));

const resolve = {
  alias: [
    { find: /^@\//, replacement: root },
    { find: /^(server-only|client-only)$/, replacement: `${root}scripts/build/empty-module.ts` },
  ],
};

const inFolders = (folders: string[]): string[] => folders.map((folder) => `${folder}/**/*.test.{ts,tsx}`);

export default defineConfig({
  resolve,
  test: {
    projects: [
      {
        resolve,
        test: {
          name: "unit",
          include: inFolders(["core", "steps", "connectors", "components", "app", "tests"]),
          env: { TZ: "Asia/Kathmandu" },
          restoreMocks: true,
          // Ends a hang; how fast something is, is measured elsewhere.
          testTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          name: "db",
          include: inFolders(["server", "inngest", "prisma", "workflows", "scripts"]),
          env: { TZ: "Asia/Kathmandu" },
          // These talk to a real Inngest server; a skipped test counts as failed, so without one they are left out.
          exclude: ["server/security/**", ...(process.env.INNGEST_BASE_URL ? [] : ["**/*.server.test.ts"])],
          globalSetup: ["tests/global-setup.ts"],
          restoreMocks: true,
          // A real server polls its queue, and tries a call again after up to a minute.
          testTimeout: process.env.INNGEST_BASE_URL ? 300_000 : 120_000,
          hookTimeout: process.env.INNGEST_BASE_URL ? 300_000 : 120_000,
        },
      },
      {
        resolve,
        test: {
          name: "security",
          include: inFolders(["server/security"]),
          env: { TZ: "Asia/Kathmandu" },
          globalSetup: ["server/security/product.testkit.ts"],
          restoreMocks: true,
          // One product for all: side by side, the files would see each other's load.
          fileParallelism: false,
          // The full counts take their time; a hang is what this ends.
          testTimeout: 3_600_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
