import {
  closeSync,
  copyFileSync,
  existsSync,
  ftruncateSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
} from "node:fs";
import { join } from "node:path";

export interface ProcessLog {
  path: string;
  /** Where the process writes. */
  descriptor: number;
  lastLines(): string;
  close(): void;
}

/** `HOLDPOINT_LOGS=stdout`, as containers want it: nothing is kept here. */
function standardOutput(): ProcessLog {
  return { path: "standard output", descriptor: 1, lastLines: () => "(see above)", close: () => undefined };
}

const maxBytes = 20 * 1024 * 1024;

/** Where one process writes: its log file, unless told otherwise. When it grows past 20 MB it moves to `.1` and starts anew. */
export function openLog(folder: string, name: string): ProcessLog {
  if (process.env.HOLDPOINT_LOGS === "stdout") return standardOutput();
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.log`);
  const descriptor = openSync(path, "a", 0o600);
  const rotate = (): void => {
    if (fstatSync(descriptor).size < maxBytes) return;
    copyFileSync(path, `${path}.1`);
    // The process appends, so it goes on at the new end.
    ftruncateSync(descriptor, 0);
  };
  rotate();
  const timer = setInterval(rotate, 60_000).unref();
  return {
    path,
    descriptor,
    lastLines: () => (existsSync(path) ? readFileSync(path, "utf8").trim().split("\n").slice(-12).join("\n") : ""),
    close: () => {
      clearInterval(timer);
      closeSync(descriptor);
    },
  };
}
