import { isPassing } from "@/server/db/write-errors";

const firstDelay = 50;
const maxDelay = 2_000;

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
