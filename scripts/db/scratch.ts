import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCluster } from "../postgres/cluster";

/** Runs `use` with the address of an empty PostgreSQL that exists only for the call. */
export async function withScratchDatabase<T>(use: (url: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), "holdpoint-scratch-"));
  try {
    const cluster = await startCluster({ dir, kind: "throwaway" });
    try {
      return await use(cluster.url("postgres"));
    } finally {
      await cluster.stop();
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
