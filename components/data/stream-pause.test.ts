import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { pauseStream, type PageSight } from "./stream-pause";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function page(isVisible: boolean) {
  const listeners = new Set<() => void>();
  const state = { isVisible, resumed: 0 };
  const sight: PageSight = {
    isVisible: () => state.isVisible,
    onLook(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const look = (): void => {
    state.isVisible = true;
    for (const listener of [...listeners]) listener();
  };
  const resume = (): void => {
    state.resumed += 1;
  };
  return { sight, look, resume, state, listeners };
}

it.each([true, false])(
  "L15 a page that newer ones replaced waits until somebody looks at it (in sight: %s)",
  (seen) => {
    const { sight, look, resume, state, listeners } = page(seen);
    pauseStream("replaced", sight, resume);
    vi.advanceTimersByTime(3_600_000);
    expect(state.resumed).toBe(0);
    look();
    look();
    expect([state.resumed, listeners.size]).toEqual([1, 0]);
  },
);

it("L15 a page that found everything full comes again later, and only when it is in sight", () => {
  const shown = page(true);
  pauseStream("busy", shown.sight, shown.resume);
  vi.advanceTimersByTime(29_999);
  expect(shown.state.resumed).toBe(0);
  vi.advanceTimersByTime(30_001);
  expect(shown.state.resumed).toBe(1);

  const hidden = page(false);
  pauseStream("busy", hidden.sight, hidden.resume);
  vi.advanceTimersByTime(3_600_000);
  expect(hidden.state.resumed).toBe(0);
  hidden.look();
  expect(hidden.state.resumed).toBe(1);
});

it("L15 a page whose person was signed out never listens again, and a page that was left does not", () => {
  const out = page(true);
  pauseStream("signed_out", out.sight, out.resume);
  const left = page(true);
  const stops = [pauseStream("replaced", left.sight, left.resume), pauseStream("busy", left.sight, left.resume)];
  for (const stop of stops) stop();
  vi.advanceTimersByTime(3_600_000);
  out.look();
  left.look();
  expect([out.state.resumed, left.state.resumed, left.listeners.size]).toEqual([0, 0, 0]);
});
