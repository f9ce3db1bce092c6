import type { Slots } from "./slots";
import type { Claimed, ShareDraft } from "./store";

interface UnderWay {
  call: { key: string };
}

/** Slots that were taken for calls which are being asked for. */
export interface Hold {
  /** One more for a call of `key`; false when it has its share or no slot is free. */
  take(key: string): boolean;
  /** The answer is here: its calls are under way and have their slots, the rest is given back. */
  end(calls: number): void;
}

export type FairShare = ReturnType<typeof createFairShare>;

/**
 * Who has how many of this worker's slots, and whose calls wait for one. `most`: what one key may have; the slots beyond it are for the
 * others, so that nobody waits for the end of somebody else's long steps.
 */
export function createFairShare(active: ReadonlyMap<string, UnderWay>, slots: Slots, most: number) {
  let waiting = new Set<string>();
  let after = "";
  let looking: Promise<void> | null = null;
  /** Keys of calls that are being asked for, by hold. */
  const holds = new Set<Map<string, number>>();

  function hands(): Map<string, number> {
    const counts = new Map<string, number>();
    const add = (key: string, count: number) => counts.set(key, (counts.get(key) ?? 0) + count);
    for (const { call } of active.values()) add(call.key, 1);
    for (const held of holds) held.forEach((count, key) => add(key, count));
    return counts;
  }

  return {
    /** Looks at the queue. Whose calls that brings is known at its end only. */
    look: async <T>(ask: (draft: ShareDraft) => Promise<T>): Promise<T> => {
      const asked = ask({ hands: Object.fromEntries(hands()), most, after });
      const over = (): void => {
        looking = null;
      };
      looking = asked.then(over, over);
      return asked;
    },
    /** Resolves at the end of the look that is under way: what is taken meanwhile could be more than somebody's share. */
    looking: (): Promise<void> | null => looking,
    /** For calls that this process leases by itself. Take while no look is under way. */
    hold: (): Hold => {
      const held = new Map<string, number>();
      let others: ReadonlyMap<string, number> | undefined;
      let taken = 0;
      return {
        take: (key) => {
          others ??= hands();
          const own = held.get(key) ?? 0;
          if (own + (others.get(key) ?? 0) >= most || slots.take(1) === 0) return false;
          held.set(key, own + 1);
          holds.add(held);
          taken += 1;
          return true;
        },
        end: (calls) => {
          holds.delete(held);
          slots.give(taken - calls);
          taken = calls;
        },
      };
    },
    heard: (claimed: Claimed): void => {
      waiting = new Set(claimed.waiting);
      after = claimed.after;
    },
    /**
     * Whether what follows a call of `key` has to queue: somebody who has fewer slots is waiting. One slot for each of those, until the
     * next look at the queue says whether it was enough.
     */
    givesWay: (key: string): boolean => {
      if (waiting.size === 0) return false;
      const counts = hands();
      const own = counts.get(key) ?? 0;
      for (const other of waiting) {
        if (other === key || (counts.get(other) ?? 0) >= own) continue;
        waiting.delete(other);
        return true;
      }
      return false;
    },
  };
}
