import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../db/project-files";
import { startCluster } from "../../postgres/cluster";
import { freePort } from "../../postgres/free-port";
import { productNode } from "../../process/product-node";
import type { Contender } from "./contender";
import { startPeerProcess } from "./peer-process";
import { stoppedTogether } from "./stopped-together";

/** DBOS with its defaults, on a PostgreSQL of its own with the settings of ours, and on the same Node. `folder` holds its packages. */
export async function startDbos(folder: string): Promise<Contender> {
  return await stoppedTogether(async (onStop) => {
    const dir = mkdtempSync(join(tmpdir(), "holdpoint-bench-dbos-"));
    onStop(() => {
      rmSync(dir, { recursive: true, force: true });
    });
    const cluster = await startCluster({ dir, kind: "durable" });
    onStop(cluster.stop);
    const port = await freePort();
    const program = join(projectRoot, "scripts/bench/peers/dbos.mjs");
    const server = startPeerProcess(productNode().path, [program, folder, String(port)], {
      cwd: folder,
      env: { DATABASE_URL: cluster.url("dbos") },
    });
    onStop(server.stop);
    await server.until((said) => /^ready$/m.test(said));
    return {
      url: `http://127.0.0.1:${String(port)}/`,
      processes: () => ({ steps: server.pid, postgres: cluster.pid }),
    };
  });
}
