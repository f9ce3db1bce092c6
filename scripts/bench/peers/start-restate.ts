import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../db/project-files";
import { freePort } from "../../postgres/free-port";
import { productNode } from "../../process/product-node";
import type { Contender } from "./contender";
import { startPeerProcess } from "./peer-process";
import { stoppedTogether } from "./stopped-together";

/** Restate as a single node with its defaults, its data in a folder that goes with it, and the steps on the same Node as ours. `folder` holds its packages. */
export async function startRestate(folder: string): Promise<Contender> {
  return await stoppedTogether(async (onStop) => {
    const dir = mkdtempSync(join(tmpdir(), "holdpoint-bench-restate-"));
    onStop(() => {
      rmSync(dir, { recursive: true, force: true });
    });
    const [node, ingress, admin, endpoint] = [await freePort(), await freePort(), await freePort(), await freePort()];
    const program = join(projectRoot, "scripts/bench/peers/restate.mjs");
    const steps = startPeerProcess(productNode().path, [program, folder, String(endpoint)], {
      cwd: folder,
      env: { RESTATE_LOGGING: "WARN" },
    });
    onStop(steps.stop);
    await steps.until((said) => /^ready$/m.test(said));

    const server = startPeerProcess(serverProgram(folder), ["--no-logo", "--listen-mode", "tcp"], {
      cwd: dir,
      env: {
        RESTATE_BASE_DIR: dir,
        RESTATE_BIND_IP: "127.0.0.1",
        RESTATE_BIND_PORT: String(node),
        RESTATE_INGRESS__BIND_PORT: String(ingress),
        RESTATE_ADMIN__BIND_PORT: String(admin),
        RESTATE_LOG_FILTER: "warn",
        RESTATE_DISABLE_TELEMETRY: "true",
        DO_NOT_TRACK: "1",
      },
    });
    onStop(server.stop);
    const post = async (url: string, body: object): Promise<boolean> => {
      const headers = { "content-type": "application/json" };
      const request = { method: "POST", headers, body: JSON.stringify(body), signal: AbortSignal.timeout(5_000) };
      const answer = await fetch(url, request).catch(() => undefined);
      await answer?.arrayBuffer();
      return answer?.ok === true;
    };
    const where = { uri: `http://127.0.0.1:${String(endpoint)}` };
    await server.until(() => post(`http://127.0.0.1:${String(admin)}/deployments`, where));
    const url = `http://127.0.0.1:${String(ingress)}/bench/run`;
    // Its partitions take their places one after the other; it is ready when a run goes through.
    await server.until(() => post(url, { amount: 7 }));
    return { url, processes: () => ({ steps: steps.pid, server: server.pid }) };
  });
}

/** By itself, without the program around it that npm would start. */
function serverProgram(folder: string): string {
  const name = `@restatedev/restate-server-${process.platform}-${process.arch}`;
  return createRequire(join(folder, "package.json")).resolve(`${name}/bin/restate-server`);
}
