/**
 * One write per run at a time. Two group commits in flight that hold the same two runs in different order would
 * deadlock; PostgreSQL would notice only after a second.
 */
export function createRunQueue(): <T>(run: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>();
  return (run, work) => {
    const before = tails.get(run);
    const result = before ? before.then(work, work) : work();
    tails.set(run, result);
    const forget = (): void => {
      if (tails.get(run) === result) tails.delete(run);
    };
    result.then(forget, forget);
    return result;
  };
}
