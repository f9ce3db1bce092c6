const firstDelay = 50;
const maxDelay = 2_000;
/** Connection lost or refused, server starting or stopping, serialization failure, deadlock, too many clients. */
const passing = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOENT",
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "40001",
  "40P01",
  "08000",
  "08003",
  "08006",
  "08001",
  "08004",
]);

/** Repeats `work` while the database is away, with growing pauses. Everything we ask of it may be asked twice. */
export async function retrying<T>(work: () => Promise<T>, isStopped: () => boolean): Promise<T> {
  for (let delay = firstDelay; ; delay = Math.min(delay * 2, maxDelay)) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || isStopped()) throw error;
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}

export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? error.code : undefined;
  return (
    (typeof code === "string" && passing.has(code)) ||
    /connection terminated|connection ended|timeout exceeded when trying to connect|not queryable/i.test(error.message)
  );
}
