import type { PendingWrite } from "./write-batch";

/** Of one transaction, except for a write that is longer by itself. */
const batchCharacters = 512 * 1024;
const batchItems = 200;
/** As many of everybody's go together in any case: a transaction costs as much as a few writes. */
const fewItems = 4;

/** Writes by whose they are; each owner's keep their order, and whoever was served last stands last. */
export interface OwnerQueue {
  add(item: PendingWrite): void;
  /** The next batch, of one owner. */
  takeOfOne(): PendingWrite[];
  /**
   * The next batch, with as many of everybody's as the one has who has fewest: where one has hundreds, the few of the others do not
   * wait for them.
   */
  takeEvenly(): PendingWrite[];
  isEmpty(): boolean;
  clear(): PendingWrite[];
}

export function createOwnerQueue(): OwnerQueue {
  const waiting = new Map<string, PendingWrite[]>();

  /** Takes from the front of an owner's until the batch is full. */
  function fill(batch: PendingWrite[], owner: string, most: number): void {
    const items = waiting.get(owner) ?? [];
    let characters = batch.reduce((sum, { text }) => sum + text.length, 0);
    let count = 0;
    for (const { text } of items) {
      characters += text.length;
      const total = batch.length + count;
      if (count >= most || (total > 0 && (total >= batchItems || characters > batchCharacters))) break;
      count += 1;
    }
    batch.push(...items.splice(0, count));
    if (count === 0) return;
    waiting.delete(owner);
    if (items.length > 0) waiting.set(owner, items);
  }

  return {
    add(item) {
      const items = waiting.get(item.owner);
      if (items) items.push(item);
      else waiting.set(item.owner, [item]);
    },
    takeOfOne() {
      const batch: PendingWrite[] = [];
      for (const owner of waiting.keys()) {
        fill(batch, owner, batchItems);
        break;
      }
      return batch;
    },
    takeEvenly() {
      const fewest = Math.min(...[...waiting.values()].map(({ length }) => length));
      const batch: PendingWrite[] = [];
      for (const owner of [...waiting.keys()]) fill(batch, owner, Math.max(fewest, fewItems));
      return batch;
    },
    isEmpty: () => waiting.size === 0,
    clear() {
      const all = [...waiting.values()].flat();
      waiting.clear();
      return all;
    },
  };
}
