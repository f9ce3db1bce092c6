/** What was typed but is not in the document yet. */
export interface PendingText {
  put(text: string): void;
  /** Hands over at once what waits. */
  handOver(): void;
  waits(): boolean;
}

/** A pause in typing after which the text is handed over, and the longest that an uninterrupted typist waits; ms. */
const pauseMs = 150;
const longestMs = 600;

/**
 * An edit of the document draws the canvas and saves; a keystroke must not wait for that. Text is handed over in the first
 * pause, when the field is left, and before edits would no longer be undone together.
 */
export function pendingText(commit: (text: string) => void): PendingText {
  let waiting: { text: string; since: number; timer: ReturnType<typeof setTimeout> } | null = null;
  const handOver = (): void => {
    if (waiting === null) return;
    const { text, timer } = waiting;
    clearTimeout(timer);
    waiting = null;
    commit(text);
  };
  return {
    put(text) {
      const since = waiting?.since ?? performance.now();
      if (waiting !== null) clearTimeout(waiting.timer);
      const left = Math.max(0, Math.min(pauseMs, since + longestMs - performance.now()));
      waiting = { text, since, timer: setTimeout(handOver, left) };
    },
    handOver,
    waits: () => waiting !== null,
  };
}
