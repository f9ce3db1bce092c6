import { LRUCache } from "lru-cache";

export interface WeighedCache<T> {
  /** What is kept under `key`, or what `load` brings; one load at a time, and one that fails is not kept. */
  get(key: string, load: () => Promise<T>): Promise<T>;
  /** The same, loaded anew whatever is kept. */
  renew(key: string, load: () => Promise<T>): Promise<T>;
  /** What is kept under `key` has become so heavy, bytes. */
  reweigh(key: string, bytes: number): void;
  drop(key: string): void;
}

/** Weighs something even where there is nothing in it. */
const leastBytes = 1024;

/**
 * Keeps what was asked for last, as long as all of it together weighs no more than `budgetBytes`. `weigh`: bytes, roughly; null: not to
 * be kept. One thing that is heavier than all may be is handed out and not kept.
 */
export function createWeighedCache<T>(budgetBytes: number, weigh: (value: T) => number | null): WeighedCache<T> {
  const kept = new LRUCache<string, { loading: Promise<T> }>({ maxSize: budgetBytes });
  // The library weighs a value once: only as another object it gets another weight.
  const keep = (key: string, loading: Promise<T>, bytes: number): void => {
    kept.set(key, { loading }, { size: leastBytes + Math.ceil(bytes) });
  };
  const isKept = (key: string, loading: Promise<T>): boolean => kept.peek(key)?.loading === loading;

  function renew(key: string, load: () => Promise<T>): Promise<T> {
    const loading = load();
    keep(key, loading, 0);
    loading.then(
      (value) => {
        if (!isKept(key, loading)) return;
        const bytes = weigh(value);
        if (bytes === null) kept.delete(key);
        else keep(key, loading, bytes);
      },
      () => {
        if (isKept(key, loading)) kept.delete(key);
      },
    );
    return loading;
  }

  return {
    get: (key, load) => kept.get(key)?.loading ?? renew(key, load),
    renew,
    reweigh(key, bytes) {
      const held = kept.peek(key);
      if (held) keep(key, held.loading, bytes);
    },
    drop: (key) => {
      kept.delete(key);
    },
  };
}
