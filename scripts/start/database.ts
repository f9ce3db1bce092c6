import { join } from "node:path";
import { ensureDatabase, databaseName } from "../db/database";
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
): Promise<{ url: string }> {
  const url = settings.databaseUrl ?? (await startEmbedded(settings, progress, shutdown));
  await progress.step("database up to date", async () => (await migrate(url)).length > 0);
  return { url };
}

async function startEmbedded(settings: StartSettings, progress: Progress, shutdown: Shutdown): Promise<string> {
  const dir = join(settings.dataDir, "postgres");
  const current = { cluster: undefined as Cluster | undefined };
  await progress.step("PostgreSQL started", async () => {
    const cluster = await startCluster({ dir, kind: "durable" });
    current.cluster = cluster;
    shutdown.onStop("PostgreSQL", async () => {
      await current.cluster?.stop();
    });
    await ensureDatabase(cluster.url("postgres"));
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
  if (!current.cluster) throw new Error("PostgreSQL did not start.");
  return current.cluster.url(databaseName);
}
