import type { Clock } from "@/core/ports";

/** Time that passes only when the simulation says so. ms since epoch. */
export interface SimulatedClock extends Clock {
  set(at: number): void;
  advance(ms: number): void;
}

export function createSimulatedClock(start: number): SimulatedClock {
  let at = start;
  return {
    now: () => at,
    set: (next) => {
      at = next;
    },
    advance: (ms) => {
      at += ms;
    },
  };
}
