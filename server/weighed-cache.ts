import { LRUCache } from "lru-cache";

export interface WeighedCache<T> {
  /** What is kept under `key`, or what `load` brings; one load at a time, and one that fails is not kept. */
  get(key: string, load: () => Promise<T>): Promise<T>;
}

/** Of what never changes once it is loaded. Weighs something even where there is nothing in it. */
const leastBytes = 1024;

/**
 * Keeps what was asked for last, as long as all of it together weighs no more than `budgetBytes`. `weigh`: bytes, roughly. One thing that
 * is heavier than all may be is handed out and not kept.
 */
export function createWeighedCache<T>(budgetBytes: number, weigh: (value: T) => number): WeighedCache<T> {
  const kept = new LRUCache<string, Promise<T>>({ maxSize: budgetBytes });
  return {
    get(key, load) {
      const known = kept.get(key);
      if (known) return known;
      const loading = load();
      kept.set(key, loading, { size: leastBytes });
      loading.then(
        (value) => {
          if (kept.peek(key) === loading) kept.set(key, loading, { size: leastBytes + weigh(value) });
        },
        () => {
          if (kept.peek(key) === loading) kept.delete(key);
        },
      );
      return loading;
    },
  };
}
