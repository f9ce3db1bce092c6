import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { projectRoot } from "../db/project-files";

export const buildDir = join(projectRoot, "build");

/** Bundle name -> its entry file. An entry that the tree does not have is not built. */
const bundleEntries = {
  worker: "inngest/worker.ts",
  seed: "prisma/seed/index.ts",
  web: "server/web.ts",
  apart: "server/apart/entry.ts",
};

export function presentBundleEntries(): Record<string, string> {
  return Object.fromEntries(Object.entries(bundleEntries).filter(([, entry]) => existsSync(join(projectRoot, entry))));
}

// Left alone, the engine lets garbage grow to a multiple of what is in use before it looks: some 200 MB more under load.
const tidyHeap = "--heap-growing-percent=40";

// The SDK allocates much and briefly: a larger young generation halves the worker's garbage collection.
export const workerCommand = (): string[] => ["--max-semi-space-size=32", tidyHeap, join(buildDir, "worker.mjs")];

export const seedCommand = (): string[] => [join(buildDir, "seed.mjs")];

/** Our own server around Next when the tree has one, else Next's. */
export function webCommand({ host, port }: { host: string; port: number }): string[] {
  if ("web" in presentBundleEntries()) return [tidyHeap, join(buildDir, "web.mjs")];
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  return [next, "start", "--hostname", host, "--port", String(port)];
}
