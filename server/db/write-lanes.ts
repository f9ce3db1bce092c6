import { createOwnerQueue } from "./owner-queue";
import type { PendingWrite } from "./write-batch";

/** What is larger takes PostgreSQL as long as hundreds of small writes, which would wait for it in the same transaction. */
const largeCharacters = 64 * 1024;

/**
 * What waits to be written. Small writes go together, evenly by organization. Large ones have a lane of their own, where the
 * organizations take turns: nobody's small write waits for a large one, and nobody's for all of somebody else's.
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
  const lanes = { small: createOwnerQueue(), large: createOwnerQueue() };
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
        lanes.small.add(item);
        return;
      }
      for (const row of item.rows) held.set(row, (held.get(row) ?? 0) + 1);
      lanes.large.add(item);
    },
    take: (lane) => (lane === "small" ? lanes.small.takeEvenly() : lanes.large.takeOfOne()),
    written: release,
    has: (lane) => !lanes[lane].isEmpty(),
    clear(lane) {
      const all = lanes[lane].clear();
      if (lane === "large") release(all);
      return all;
    },
  };
}
