import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build as bundle, stop as stopBundler } from "esbuild";
import { projectRoot } from "../db/project-files";
import { runNode } from "../process/run-node";
import { withBuildLock } from "./build-lock";
import { buildDir, presentBundleEntries } from "./commands";
import { sourceHash } from "./source-hash";

interface BuildNotes {
  note(text: string): void;
}

/** Builds the web application and the bundles when a source changed since the last build. Resolves to whether it built. */
export async function buildIfStale(notes: BuildNotes): Promise<boolean> {
  const stamp = join(buildDir, "source-hash");
  mkdirSync(buildDir, { recursive: true });
  return await withBuildLock(async () => {
    const hash = sourceHash();
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return false;
    notes.note("building (about a minute the first time)");
    rmSync(stamp, { force: true });
    await Promise.all([buildWeb(), buildBundles()]);
    await stopBundler();
    writeFileSync(stamp, hash);
    return true;
  });
}

/** The processes beside the web application: our sources in one file each, packages stay packages. */
export async function buildBundles(): Promise<void> {
  await bundle({
    absWorkingDir: projectRoot,
    entryPoints: presentBundleEntries(),
    outdir: buildDir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    alias: { "server-only": join(projectRoot, "scripts/build/empty-module.ts") },
    sourcemap: "linked",
    logLevel: "error",
  });
}

async function buildWeb(): Promise<void> {
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const { code, output } = await runNode([next, "build"], env);
  if (code !== 0) throw new Error(`The web application could not be built:\n${output}`);
}
