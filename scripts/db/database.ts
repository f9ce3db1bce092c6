import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { startCluster } from "../postgres/cluster";
import { dataDirectory } from "../start/data-directory";
import { lockDataDirectory } from "../start/instance-lock";

export const databaseName = "holdpoint";

/** The database that the commands work on: `DATABASE_URL`, or the embedded one of the data directory, started for the call. */
export async function withDatabase<T>(use: (url: string) => Promise<T>): Promise<T> {
  const external = process.env.DATABASE_URL;
  if (external) return await use(external);
  const dataDir = dataDirectory();
  mkdirSync(dataDir, { recursive: true });
  const unlock = lockDataDirectory(dataDir);
  try {
    const cluster = await startCluster({ dir: join(dataDir, "postgres"), kind: "durable" });
    try {
      await ensureDatabase(cluster.url("postgres"));
      return await use(cluster.url(databaseName));
    } finally {
      await cluster.stop();
    }
  } finally {
    unlock();
  }
}

/** Creates the product's database on a fresh cluster. */
export async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}
