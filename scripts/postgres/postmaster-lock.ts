import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

interface Lock {
  pid: number;
  ready: boolean;
}

/** What `postmaster.pid` says; the eighth line is `ready` once connections are accepted (pg_ctl reads the same). */
export function readPostmasterLock(clusterDir: string): Lock | undefined {
  const path = join(clusterDir, "postmaster.pid");
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, "utf8").split("\n");
  const pid = Math.abs(Number.parseInt(lines[0] ?? "", 10));
  return Number.isNaN(pid) ? undefined : { pid, ready: lines[7]?.trim() === "ready" };
}

/**
 * Clears what an earlier run left: stops an orphaned server of this very data directory, removes a lock whose pid is gone
 * or was given to another program (common after a container restart). The caller makes sure that no live instance owns it.
 */
export async function clearPostmasterLock(clusterDir: string): Promise<void> {
  const lock = readPostmasterLock(clusterDir);
  if (!lock) return;
  if (isPostgresOf(lock.pid, clusterDir)) {
    process.kill(lock.pid, "SIGINT");
    const deadline = Date.now() + 30_000;
    while (isPostgresOf(lock.pid, clusterDir)) {
      if (Date.now() > deadline)
        throw new Error(
          `A PostgreSQL of an earlier start (process ${lock.pid}) does not stop. End it and start again.`,
        );
      await delay(50);
    }
  }
  rmSync(join(clusterDir, "postmaster.pid"), { force: true });
}

export function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function isPostgresOf(pid: number, clusterDir: string): boolean {
  return processIsAlive(pid) && commandLine(pid).includes(clusterDir);
}

function commandLine(pid: number): string {
  const path = `/proc/${pid}/cmdline`;
  if (existsSync("/proc/self/cmdline")) return existsSync(path) ? readFileSync(path, "utf8").replaceAll("\0", " ") : "";
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout;
}
