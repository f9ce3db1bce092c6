import type { StreamOver } from "@/core/contracts/live";

/** What a pause needs of the page. */
export interface PageSight {
  isVisible(): boolean;
  /** Calls back whenever somebody comes to look at the page; answers how to stop that. */
  onLook(listener: () => void): () => void;
}

const shortestMs = 30_000;
/** Pages that were sent away together come back one by one. */
const spreadMs = 30_000;

/**
 * When a page may listen again after its stream was ended: at once would end another one's, or be refused again. Answers how to forget
 * about it.
 */
export function pauseStream(over: StreamOver, sight: PageSight, resume: () => void): () => void {
  if (over === "signed_out") return () => undefined;
  // Even a page in sight waits for somebody to turn to it: the newer ones are in sight as well.
  if (over === "replaced") return onNextLook(sight, resume);
  let stop = (): void => undefined;
  const timer = setTimeout(
    () => {
      if (sight.isVisible()) resume();
      else stop = onNextLook(sight, resume);
    },
    shortestMs + Math.random() * spreadMs,
  );
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function onNextLook(sight: PageSight, resume: () => void): () => void {
  const stop = sight.onLook(() => {
    stop();
    resume();
  });
  return stop;
}
