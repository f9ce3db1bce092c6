import { useSyncExternalStore } from "react";

/** The current time, ms, for relative times: one timer for the whole page, a tick every 10 s. */
export function useClock(): number {
  return useSyncExternalStore(subscribe, read, read);
}

const tickMs = 10_000;
const listeners = new Set<() => void>();
let current = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function read(): number {
  // Between ticks the answer must stay the same, or React would render for ever.
  if (timer === undefined && current < Date.now() - tickMs) current = Date.now();
  return current;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    current = Date.now();
    for (const each of listeners) each();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
