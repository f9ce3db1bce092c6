import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processIsAlive } from "../postgres/postmaster-lock";

/** Claims a data directory for this process. Throws one clear sentence when a live process has it. Returns the release. */
export function lockDataDirectory(dataDir: string): () => void {
  const runDir = join(dataDir, "run");
  mkdirSync(runDir, { recursive: true });
  const path = join(runDir, "start.pid");
  for (;;) {
    try {
      writeFileSync(path, `${process.pid}\n`, { flag: "wx" });
      return () => {
        rmSync(path, { force: true });
      };
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
    const owner = Number.parseInt(readFileSync(path, "utf8"), 10);
    if (owner !== process.pid && processIsAlive(owner)) {
      throw new Error(
        `Another Holdpoint (process ${owner}) uses the data directory ${dataDir}. Stop it, or set HOLDPOINT_DATA_DIR to another folder.`,
      );
    }
    rmSync(path, { force: true });
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
