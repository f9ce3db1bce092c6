import { join } from "node:path";
import { roleToGrant, type DatabaseAddresses } from "../db/addresses";
import { productDatabase } from "../db/database";
import { migrate } from "../db/migrate";
import { startCluster } from "../postgres/cluster";
import type { Cluster } from "../postgres/cluster";
import type { Progress } from "./progress";
import type { StartSettings } from "./settings";
import type { Shutdown } from "./shutdown";

/** The database of this instance, up to date. The embedded one is started again on the same port should it ever die. */
export async function startDatabase(
  settings: StartSettings,
  progress: Progress,
  shutdown: Shutdown,
): Promise<DatabaseAddresses> {
  const addresses = settings.database ?? (await startEmbedded(settings, progress, shutdown));
  const app = roleToGrant(addresses);
  if (app === undefined)
    progress.note(
      "The product and its migrations use the same database role, so the product may change tables and the audit log. " +
        "Set DATABASE_URL to a role of its own and HOLDPOINT_MIGRATION_DATABASE_URL to the owner (docs/operations.md).",
    );
  await progress.step("database up to date", async () => (await migrate(addresses.owner, app)).length > 0);
  return addresses;
}

async function startEmbedded(
  settings: StartSettings,
  progress: Progress,
  shutdown: Shutdown,
): Promise<DatabaseAddresses> {
  const dir = join(settings.dataDir, "postgres");
  const current = { cluster: undefined as Cluster | undefined, addresses: undefined as DatabaseAddresses | undefined };
  await progress.step("PostgreSQL started", async () => {
    const cluster = await startCluster({ dir, kind: "durable" });
    current.cluster = cluster;
    shutdown.onStop("PostgreSQL", async () => {
      await current.cluster?.stop();
    });
    current.addresses = await productDatabase(cluster);
    void keepAlive(cluster);
    return true;
  });

  async function keepAlive(cluster: Cluster): Promise<void> {
    await cluster.exited;
    if (shutdown.stopping) return;
    console.error("PostgreSQL ended unexpectedly; starting it again.");
    try {
      current.cluster = await startCluster({ dir, kind: "durable", port: cluster.port });
      void keepAlive(current.cluster);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      await shutdown.stop(1);
    }
  }
  if (!current.addresses) throw new Error("PostgreSQL did not start.");
  return current.addresses;
}
