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

/** What ends, stops or floods processes is kept from all the rest: two files at a time, each with processes and a database of its own. */
const alone = [
  "inngest/faults/**/*.test.ts",
  "inngest/runtime/{kill,long-runs,two-processes,unsafe}.test.ts",
  "inngest/embedded/{crash,handover,process-identity,workers}.test.ts",
  "scripts/start/{shutdown,supervise}.test.ts",
];

/** Ends a hang, like the time of a test: how soon something comes on a busy machine says nothing about it. */
const patient = { expect: { poll: { timeout: 100_000 } } };

/** These talk to a real Inngest server; a skipped test counts as failed, so without one they are left out. */
const withoutServer = process.env.INNGEST_BASE_URL ? [] : ["**/*.server.test.ts"];

/** Against PostgreSQL. A real Inngest server polls its queue, and tries a call again after up to a minute. */
const withDatabase = {
  ...patient,
  // The fewest that the product works with: each new connection reads the catalogue and compiles the functions that it calls anew.
  env: { TZ: "Asia/Kathmandu", HOLDPOINT_DATABASE_CONNECTIONS: "5" },
  globalSetup: ["tests/global-setup.ts"],
  restoreMocks: true,
  testTimeout: process.env.INNGEST_BASE_URL ? 300_000 : 120_000,
  hookTimeout: process.env.INNGEST_BASE_URL ? 300_000 : 120_000,
};

const inFolders = (folders: string[]): string[] => folders.map((folder) => `${folder}/**/*.test.{ts,tsx}`);

export default defineConfig({
  resolve,
  test: {
    projects: [
      {
        resolve,
        test: {
          ...patient,
          name: "unit",
          // Nothing here touches the process it runs in, so files take turns in a thread and load the libraries once.
          pool: "threads",
          isolate: false,
          setupFiles: "tests/fresh-start.ts",
          include: inFolders(["core", "steps", "triggers", "connectors", "channels", "components", "app", "tests"]),
          env: { TZ: "Asia/Kathmandu" },
          restoreMocks: true,
          // Ends a hang; how fast something is, is measured elsewhere.
          testTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          ...withDatabase,
          name: "db",
          // As with "unit". What a file opened is its own, also when it ends a little later than the file: server/process-wide.ts.
          pool: "threads",
          isolate: false,
          setupFiles: "tests/fresh-start.ts",
          include: inFolders(["server", "inngest", "prisma", "workflows", "scripts"]),
          exclude: ["server/security/**", ...alone, ...withoutServer],
        },
      },
      {
        resolve,
        test: {
          ...withDatabase,
          name: "processes",
          pool: "forks",
          include: alone,
          exclude: withoutServer,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve,
        test: {
          ...patient,
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
