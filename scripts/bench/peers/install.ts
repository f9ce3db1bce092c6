import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "../../db/project-files";

/** What is compared with, each release exactly. */
export const peerPackages = {
  DBOS: { "@dbos-inc/dbos-sdk": "5.3.0" },
  Restate: { "@restatedev/restate-server": "1.7.12", "@restatedev/restate-sdk": "1.17.2" },
} as const satisfies Record<string, Record<string, string>>;

export type PeerName = keyof typeof peerPackages;

const manifestSchema = z.object({ version: z.string() });

/**
 * Installs a peer with npm into a folder of its own under bench-results, unless it is there already, and gives that folder. Peers come
 * only when somebody asks for this comparison: they are no dependency of the product, in no lock file, and nothing of ours is made of
 * them. That matters for their licences too: DBOS is under MIT, the Restate server under the Business Source License 1.1, which allows
 * running it for oneself.
 */
export function installPeer(name: PeerName): string {
  const folder = join(projectRoot, "bench-results", "peers", name.toLowerCase());
  const packages = Object.entries(peerPackages[name]);
  if (packages.every(([each, version]) => installedVersion(folder, each) === version)) return folder;
  console.log(`installing ${name} …`);
  mkdirSync(folder, { recursive: true });
  const manifest = { name: `peer-${name.toLowerCase()}`, private: true, dependencies: peerPackages[name] };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  // Without their scripts: none is needed to run, and one reports installations to a third party.
  const args = ["install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund"];
  const npm = process.env.npm_execpath;
  const options = { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 } as const;
  const result = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  // Its first lines name the reason; what follows is the inside of npm.
  const reason = result.error?.message ?? result.stderr.trim().split("\n").slice(0, 4).join("\n");
  if (result.status !== 0) throw new Error(reason);
  return folder;
}

function installedVersion(folder: string, name: string): string | undefined {
  try {
    const text = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8");
    return manifestSchema.parse(JSON.parse(text)).version;
  } catch {
    return undefined;
  }
}
