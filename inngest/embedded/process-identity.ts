import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process, so that another one on the same host can tell later whether it is still there. */
export interface ProcessIdentity {
  /** Who gives out the pids: the machine since it was started, and within it the container. */
  host: string;
  pid: number;
  /** Tells the process from another one that was given the same pid later. */
  start: string;
}

let own: ProcessIdentity | undefined;

/** This process. */
export function thisProcess(): ProcessIdentity {
  own ??= { host: pidSpace(), pid: process.pid, start: startOf(process.pid) ?? randomUUID() };
  return own;
}

/** Whether a process of this host is no more. In doubt it is taken to be there: silence will tell. */
export function isGone({ pid, start }: Omit<ProcessIdentity, "host">): boolean {
  if (pid === process.pid) return start !== thisProcess().start;
  const found = startOf(pid);
  if (found !== null) return found !== start;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}

/** On Linux the boot and the pid namespace: two containers may have one hostname, and each counts its own pids. */
function pidSpace(): string {
  try {
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** Ticks since boot at which the process was started; null where the system does not say, or there is no such process. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    // The program's name, in brackets, may hold anything; its state follows it, and the start stands 19 fields later.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // Ended, and only not yet fetched by its parent: nobody has this start.
    return state === "Z" ? "ended" : (rest[18] ?? null);
  } catch {
    return null;
  }
}
