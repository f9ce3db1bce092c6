/** Room for calls in this process. A slot is taken before a lease is asked for, and given back when the call is over. */
export interface Slots {
  free(): number;
  /** Takes up to `wanted` and says how many. */
  take(wanted: number): number;
  give(count: number): void;
}

export function createSlots(size: number, onGiven: () => void): Slots {
  let used = 0;
  return {
    free: () => size - used,
    take: (wanted) => {
      const taken = Math.max(0, Math.min(wanted, size - used));
      used += taken;
      return taken;
    },
    give: (count) => {
      if (count === 0) return;
      used -= count;
      onGiven();
    },
  };
}
