import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { appRole, ensureAppRole } from "../scripts/db/app-role";
import { migrate } from "../scripts/db/migrate";
import { generatePrismaClient } from "../scripts/db/prisma-client";
import { startCluster } from "../scripts/postgres/cluster";
import { templateDatabase } from "./template-database";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the test server's `postgres` database. */
    postgresUrl: string;
    /** The same as the product's role. */
    postgresAppUrl: string;
  }
}

interface Prepared {
  url: string;
  appUrl: string;
  stop(): Promise<void>;
}

declare global {
  // Each vitest project loads this file anew; all of them share one server.
  var holdpointTestServer: { users: number; prepared: Promise<Prepared> } | undefined;
}

/** One PostgreSQL per vitest run, on a free port, with one migrated template that every test database is copied from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = (globalThis.holdpointTestServer ??= { users: 0, prepared: prepare() });
  server.users += 1;
  const { url, appUrl, stop } = await server.prepared;
  project.provide("postgresUrl", url);
  project.provide("postgresAppUrl", appUrl);
  return async () => {
    server.users -= 1;
    if (server.users === 0) await stop();
  };
}

async function prepare(): Promise<Prepared> {
  generatePrismaClient();
  const dir = mkdtempSync(join(tmpdir(), "holdpoint-test-"));
  const cluster = await startCluster({ dir, kind: "throwaway" });
  const teardown = async (): Promise<void> => {
    await cluster.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await ensureAppRole(cluster.url("postgres"), cluster.appPassword);
    await createTemplate(cluster.url("postgres"), cluster.url(templateDatabase));
  } catch (error) {
    await teardown();
    throw error;
  }
  return { url: cluster.url("postgres"), appUrl: cluster.url("postgres", appRole), stop: teardown };
}

async function createTemplate(adminUrl: string, templateUrl: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`create database ${templateDatabase}`);
    await migrate(templateUrl, appRole);
    // Nobody may connect any more: "create database … template" needs the template to itself.
    await admin.query(`alter database ${templateDatabase} with is_template true allow_connections false`);
  } finally {
    await admin.end();
  }
}
