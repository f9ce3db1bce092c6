import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { productDatabase } from "../../db/database";
import { startCluster } from "../../postgres/cluster";
import { startBenchInstance } from "../bench-instance";
import { benchApi, createBenchWorkflows } from "../bench-workflows";
import type { Contender } from "./contender";
import { stoppedTogether } from "./stopped-together";

/** Holdpoint as `npm start` runs it, and the workflow of five durable steps. */
export async function startOurs(): Promise<Contender> {
  return await stoppedTogether(async (onStop) => {
    const dir = mkdtempSync(join(tmpdir(), "holdpoint-bench-"));
    onStop(() => {
      rmSync(dir, { recursive: true, force: true });
    });
    const cluster = await startCluster({ dir, kind: "durable" });
    onStop(cluster.stop);
    // Inside the folder that goes in any case: an instance that ends while it starts leaves its data.
    const dataDir = join(dir, "instance");
    mkdirSync(dataDir);
    const instance = await startBenchInstance(await productDatabase(cluster), {}, dataDir);
    onStop(() => instance.stop());
    const { durable } = await createBenchWorkflows(benchApi(instance));
    return {
      url: durable,
      processes: () => ({ web: instance.pid("web"), worker: instance.pid("worker"), postgres: cluster.pid }),
    };
  });
}
