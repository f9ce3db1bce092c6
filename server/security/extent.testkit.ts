import { mkdirSync, openSync, writeSync, writeFileSync, closeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** `SECURITY_EXTENT=full`: the promised counts, from another first seed each time. Otherwise a short form that is always the same. */
export const isFull = process.env.SECURITY_EXTENT === "full";

export function extent(full: number, short: number): number {
  return isFull ? full : short;
}

/** `SECURITY_SEED=<number>` sends that one case alone. */
const replayed = process.env.SECURITY_SEED;

/** The seeds of a test: those that once failed first, then as many new ones as asked for. */
export function seedsOf(count: number, kept: readonly number[] = []): number[] {
  if (replayed !== undefined) return [Number(replayed)];
  const first = isFull ? Date.now() % 2 ** 30 : 1;
  return [...kept, ...Array.from({ length: Math.max(0, count - kept.length) }, (_, index) => first + index)];
}

export interface InFlight {
  path: string;
  /** Written through before the case is sent: after a crash or a hang its end names what was under way. */
  sending(seed: number, what: string): void;
  answered(seed: number, answer: string): void;
  close(): void;
}

/** The log of one test, `<temporary folder>/holdpoint-security/<test>.log`, begun anew by each run. */
export function openInFlight(test: string): InFlight {
  const folder = join(tmpdir(), "holdpoint-security");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${test}.log`);
  writeFileSync(path, "");
  const file = openSync(path, "a");
  return {
    path,
    sending: (seed, what) => {
      writeSync(file, `> ${seed} ${what.slice(0, 2000)}\n`);
    },
    answered: (seed, answer) => {
      writeSync(file, `< ${seed} ${answer}\n`);
    },
    close: () => {
      closeSync(file);
    },
  };
}

/** One line for whoever reads the run. */
export function report(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Calls `work` for every item, `width` at a time, in order of the list. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) await work(items[at] as T);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
