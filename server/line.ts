/**
 * Lets those who are about to work for a while begin one after the other, each in a round of the event loop of its own: whatever
 * else became ready meanwhile goes between two of them, however many wait. Lines of different keys do not wait for each other.
 */
export function createLine(): (key: string) => Promise<void> {
  const lines = new Map<string, Promise<void>>();
  return async (key) => {
    const before = lines.get(key) ?? Promise.resolve();
    const mine = before.then(() => new Promise<void>((resolve) => setImmediate(resolve)));
    lines.set(key, mine);
    await mine;
    if (lines.get(key) === mine) lines.delete(key);
  };
}
