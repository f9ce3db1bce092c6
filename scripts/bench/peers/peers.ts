import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../db/project-files";
import { productNode } from "../../process/product-node";
import { createShutdown } from "../../start/shutdown";
import type { Contender } from "./contender";
import { installPeer, peerPackages, type PeerName } from "./install";
import { line, load, measureRounds, medians, throughputRatio, type Figures } from "./rounds";
import { startDbos } from "./start-dbos";
import { startOurs } from "./start-ours";
import { startRestate } from "./start-restate";

const ours = "Holdpoint";
const starters: Record<PeerName, (folder: string) => Promise<Contender>> = { DBOS: startDbos, Restate: startRestate };

/**
 * `npm run bench -- peers`: the five durable steps in Holdpoint, DBOS and Restate, in turn, on this machine; prints ratios and writes
 * bench-results/peers.json. A peer that cannot be installed or started here is left out, and that is said. Ends the process.
 */
export async function comparePeers(): Promise<void> {
  const shutdown = createShutdown();
  try {
    // Before anything runs: npm does not share the machine with what is measured.
    const folders = installPeers();
    const contenders = new Map<string, Contender>();
    const start = async (name: string, begin: () => Promise<Contender>): Promise<void> => {
      // What began after a Ctrl-C would be ended by nobody.
      if (shutdown.stopping) return;
      const starting = begin();
      // Known before it is up: a Ctrl-C meanwhile ends it too.
      shutdown.onStop(name, async () => {
        const contender = await starting.catch(() => undefined);
        await contender?.stop();
      });
      contenders.set(name, await starting);
    };
    console.log(`starting ${[ours, ...folders.keys()].join(", ")} …`);
    await start(ours, startOurs);
    for (const [name, folder] of folders) {
      await start(name, () => starters[name](folder)).catch((error: unknown) => {
        if (!shutdown.stopping) leftOut(name, "started", error);
      });
    }
    if (!shutdown.stopping) report(await measureRounds(contenders));
    await shutdown.stop(0);
  } catch (error) {
    if (!shutdown.stopping) console.error(error instanceof Error ? error.message : error);
    await shutdown.stop(1);
  }
}

function installPeers(): Map<PeerName, string> {
  const folders = new Map<PeerName, string>();
  for (const name of ["DBOS", "Restate"] as const) {
    try {
      folders.set(name, installPeer(name));
    } catch (error) {
      leftOut(name, "installed", error);
    }
  }
  return folders;
}

function leftOut(name: PeerName, what: "installed" | "started", error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  console.log(`${name} could not be ${what} here and is left out of the comparison: ${why}`);
}

function report(rounds: Map<string, Figures[]>): void {
  const node = productNode().version;
  const cores = availableParallelism();
  console.log(
    `\nmedians of ${String(load.rounds)} rounds (Node ${node}, ${String(cores)} cores, which the load shares)`,
  );
  for (const [name, figures] of rounds) console.log(line(name, medians(figures)));
  const own = rounds.get(ours) ?? [];
  const peers = [...rounds].filter(([name]) => name !== ours);
  const ratios = Object.fromEntries(peers.map(([name, figures]) => [name, throughputRatio(own, figures)]));
  for (const [name, ratio] of Object.entries(ratios))
    console.log(`${ours} / ${name}: ${ratio.toFixed(2)} × the throughput`);
  const results = Object.fromEntries(
    [...rounds].map(([name, figures]) => [name, { rounds: figures, medians: medians(figures) }]),
  );
  mkdirSync(join(projectRoot, "bench-results"), { recursive: true });
  writeFileSync(
    join(projectRoot, "bench-results/peers.json"),
    `${JSON.stringify({ node, cores, load, versions: peerPackages, results, ratios }, null, 2)}\n`,
  );
}
