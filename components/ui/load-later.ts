/** A restart of the server takes seconds; longer, and it is a page of an older release, or nobody is there. */
const patienceMs = 120_000;
const firstPauseMs = 250;
const longestPauseMs = 5_000;

/**
 * Fetches the code of a part of a page, again while the server is away: the page around it stays, with everything that was typed
 * into it. Rejects as `load` does, when it has failed for two minutes.
 */
export async function loadLater<T>(load: () => Promise<T>): Promise<T> {
  const until = Date.now() + patienceMs;
  for (let pause = firstPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
    try {
      return await load();
    } catch (error) {
      if (Date.now() >= until) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
