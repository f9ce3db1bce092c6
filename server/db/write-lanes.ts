import type { PendingWrite } from "./write-batch";

/** What is larger takes PostgreSQL as long as hundreds of small writes, which would wait for it in the same transaction. */
const largeCharacters = 64 * 1024;
/** Of one transaction, except for a write that is longer by itself. */
const batchCharacters = 512 * 1024;
const batchItems = 200;

/**
 * What waits to be written. Small writes go together. Large ones have a lane of their own, where the organizations take turns, so
 * that nobody's small write waits for a large one and nobody's large one for all of somebody else's.
 */
export interface WriteLanes {
  add(item: PendingWrite): void;
  /** Takes the next batch of a lane; empty when nothing waits there. What was taken from the large lane is told by `written`. */
  take(lane: WriteLane): PendingWrite[];
  /** A batch of the large lane is over, however it ended. */
  written(items: readonly PendingWrite[]): void;
  has(lane: WriteLane): boolean;
  /** Takes everything out of a lane. */
  clear(lane: WriteLane): PendingWrite[];
}

export type WriteLane = "small" | "large";

export function createWriteLanes(): WriteLanes {
  const small: PendingWrite[] = [];
  /** By organization; whoever was served last stands last. */
  const large = new Map<string, PendingWrite[]>();
  /** How many writes of the large lane wait for or hold a row. */
  const held = new Map<string, number>();

  /** Behind a large write that holds its row a small one would only stand, and with it whatever shares its transaction. */
  const isLarge = (item: PendingWrite): boolean =>
    item.text.length > largeCharacters || (held.size > 0 && item.rows.some((row) => held.has(row)));

  function release(items: readonly PendingWrite[]): void {
    for (const row of items.flatMap(({ rows }) => rows)) {
      const count = (held.get(row) ?? 0) - 1;
      if (count > 0) held.set(row, count);
      else held.delete(row);
    }
  }

  return {
    add(item) {
      if (!isLarge(item)) {
        small.push(item);
        return;
      }
      for (const row of item.rows) held.set(row, (held.get(row) ?? 0) + 1);
      const waiting = large.get(item.owner);
      if (waiting) waiting.push(item);
      else large.set(item.owner, [item]);
    },
    take(lane) {
      if (lane === "small") return small.splice(0, fitting(small));
      const [first] = large;
      if (!first) return [];
      const [owner, waiting] = first;
      const taken = waiting.splice(0, fitting(waiting));
      large.delete(owner);
      if (waiting.length > 0) large.set(owner, waiting);
      return taken;
    },
    written: release,
    has: (lane) => (lane === "small" ? small.length : large.size) > 0,
    clear(lane) {
      if (lane === "small") return small.splice(0);
      const all = [...large.values()].flat();
      large.clear();
      release(all);
      return all;
    },
  };
}

/** How many from the front make one batch: one at least. */
function fitting(items: readonly PendingWrite[]): number {
  let characters = 0;
  let count = 0;
  for (const { text } of items) {
    characters += text.length;
    if (count > 0 && (count >= batchItems || characters > batchCharacters)) break;
    count += 1;
  }
  return count;
}
