/** What one query may be asked for. */
const mostAtOnce = 200;

interface Asked<Found> {
  id: string;
  resolve(found: Found | null): void;
  reject(error: unknown): void;
}

/**
 * Finds things by id: what is asked for in one moment is looked up with one query, because a query costs more than a further row. `find`
 * gives what there is, by id; for the rest the answer is null. Nothing is kept, and everybody's answer is their own: what one of those
 * who asked for the same in the same moment goes on to write into it, no other finds there. So it must be plain data.
 */
export function createLookup<Found>(
  find: (ids: string[]) => Promise<ReadonlyMap<string, Found>>,
): (id: string) => Promise<Found | null> {
  let asked: Asked<Found>[] = [];

  async function look(some: readonly Asked<Found>[]): Promise<void> {
    try {
      const found = await find([...new Set(some.map(({ id }) => id))]);
      const given = new Set<string>();
      for (const { id, resolve } of some) {
        const one = found.get(id) ?? null;
        resolve(given.has(id) ? structuredClone(one) : one);
        given.add(id);
      }
    } catch (error) {
      // What one of them asks for may be the reason: that is no reason for the others.
      if (some.length > 1) await Promise.all(some.map((one) => look([one])));
      else for (const { reject } of some) reject(error);
    }
  }

  return (id) =>
    new Promise((resolve, reject) => {
      asked.push({ id, resolve, reject });
      if (asked.length > 1) return;
      // One macro-task turn lets everybody of the same moment ask.
      setImmediate(() => {
        const all = asked;
        asked = [];
        for (let from = 0; from < all.length; from += mostAtOnce) void look(all.slice(from, from + mostAtOnce));
      });
    });
}
