import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { processIsAlive } from "../postgres/postmaster-lock";
import { buildDir } from "./commands";

/** Instances started side by side share one build: the first builds, the others wait for it. */
export async function withBuildLock<T>(work: () => Promise<T>): Promise<T> {
  const path = join(buildDir, "building.pid");
  while (!claim(path)) await delay(200);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function claim(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const owner = readOwner(path);
  if (owner !== undefined && !processIsAlive(owner)) rmSync(path, { force: true });
  return false;
}

/** Undefined when the owner has just finished, or has not yet written its number. */
function readOwner(path: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(path, "utf8"), 10);
    return Number.isNaN(pid) ? undefined : pid;
  } catch {
    return undefined;
  }
}
