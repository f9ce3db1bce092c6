import { existsSync, readFileSync, readdirSync } from "node:fs";

/** CPU milliseconds by part of the product, so far. */
export type CpuTimes = Record<string, number>;

/** Of the clock that /proc counts with: the same on all Linux kernels of today. */
const ticksPerSecond = 100;

/**
 * Reads how much CPU each part has used. `processes`: process numbers by name; of `postgres` the postmaster's, whose children count too,
 * those that have ended as well. Empty where there is no /proc.
 */
export function readCpu(processes: Record<string, number>): CpuTimes {
  if (!existsSync("/proc/self/stat")) return {};
  return Object.fromEntries(
    Object.entries(processes).map(([name, pid]) => {
      const own = statOf(pid);
      const family = name === "postgres" ? childrenOf(pid) : [];
      const ticks = [own, ...family].reduce((sum, each) => sum + each.own, 0) + (name === "postgres" ? own.ended : 0);
      return [name, (ticks * 1_000) / ticksPerSecond];
    }),
  );
}

/** How much of each was used between two readings, for each of `runs`. */
export function cpuPerRun(before: CpuTimes, after: CpuTimes, runs: number): CpuTimes {
  const each = Object.entries(after).map(([name, ms]): [string, number] => [
    name,
    runs === 0 ? 0 : (ms - (before[name] ?? 0)) / runs,
  ]);
  return Object.fromEntries(each);
}

interface Stat {
  parent: number;
  /** Ticks in user and kernel mode: its own, and of children that have ended. */
  own: number;
  ended: number;
}

function statOf(pid: number): Stat {
  try {
    // The name in brackets may hold spaces.
    const fields = readFileSync(`/proc/${String(pid)}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ")
      .map(Number);
    const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [1, 11, 12, 13, 14].map(
      (at) => fields[at],
    );
    return { parent, own: user + system, ended: endedUser + endedSystem };
  } catch {
    // It ended while we looked.
    return { parent: 0, own: 0, ended: 0 };
  }
}

function childrenOf(pid: number): Stat[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter(({ parent }) => parent === pid);
}

/** Memory of a process that is in use at this moment, MB; not a number where there is no /proc. */
export function residentMb(pid: number): number {
  const status = `/proc/${String(pid)}/status`;
  const kb = existsSync(status) ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, "utf8"))?.[1] : undefined;
  return Number(kb) / 1_024;
}
