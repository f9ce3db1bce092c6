import type { Claimed, ShareDraft } from "./store";

interface UnderWay {
  call: { key: string };
}

export type FairShare = ReturnType<typeof createFairShare>;

/**
 * Who has how many of this worker's slots, and whose calls wait for one. `most`: what one key may have; the slots beyond it are for the
 * others, so that nobody waits for the end of somebody else's long steps.
 */
export function createFairShare(active: ReadonlyMap<string, UnderWay>, most: number) {
  let waiting = new Set<string>();
  let after = "";

  function hands(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { call } of active.values()) counts.set(call.key, (counts.get(call.key) ?? 0) + 1);
    return counts;
  }

  return {
    draft: (): ShareDraft => ({ hands: Object.fromEntries(hands()), most, after }),
    heard: (claimed: Claimed): void => {
      waiting = new Set(claimed.waiting);
      after = claimed.after;
    },
    /** How many more slots this key may have. */
    room: (key: string): number => Math.max(0, most - (hands().get(key) ?? 0)),
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
