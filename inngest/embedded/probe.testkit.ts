/** Something tests wait for: a list that grows, and promises for its length. */
export interface Probe<T> {
  items: T[];
  add(item: T): void;
  /** Resolves when at least `count` items are there. */
  reaches(count: number): Promise<T[]>;
}

export function createProbe<T>(): Probe<T> {
  const items: T[] = [];
  let waiting: { count: number; resolve(items: T[]): void }[] = [];
  return {
    items,
    add: (item) => {
      items.push(item);
      waiting = waiting.filter(({ count, resolve }) => (items.length >= count ? (resolve(items), false) : true));
    },
    reaches: (count) =>
      items.length >= count ? Promise.resolve(items) : new Promise((resolve) => waiting.push({ count, resolve })),
  };
}

/** A door that bodies wait at until a test opens it. */
export function createGate(): { opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
