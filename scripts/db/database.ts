import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { startCluster, type Cluster } from "../postgres/cluster";
import { dataDirectory } from "../start/data-directory";
import { lockDataDirectory } from "../start/instance-lock";
import { ownDatabase, type DatabaseAddresses } from "./addresses";
import { appRole, ensureAppRole } from "./app-role";

const databaseName = "holdpoint";

/** The database that the commands work on: one's own, or the embedded one of the data directory, started for the call. */
export async function withDatabase<T>(use: (addresses: DatabaseAddresses) => Promise<T>): Promise<T> {
  const external = ownDatabase();
  if (external) return await use(external);
  const dataDir = dataDirectory();
  mkdirSync(dataDir, { recursive: true });
  const unlock = lockDataDirectory(dataDir);
  try {
    const cluster = await startCluster({ dir: join(dataDir, "postgres"), kind: "durable" });
    try {
      return await use(await productDatabase(cluster));
    } finally {
      await cluster.stop();
    }
  } finally {
    unlock();
  }
}

/** The product's database and role on a cluster of ours; made when it is a fresh one. */
export async function productDatabase(cluster: Cluster): Promise<DatabaseAddresses> {
  await ensureDatabase(cluster.url("postgres"));
  await ensureAppRole(cluster.url("postgres"), cluster.appPassword);
  return { owner: cluster.url(databaseName), app: cluster.url(databaseName, appRole) };
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}
