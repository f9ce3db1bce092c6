import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createCallLife, type CallLife } from "./call-life";
import { createGate } from "./probe.testkit";

const minute = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watched(life: CallLife): { lifeless: boolean } {
  const seen = { lifeless: false };
  void life.watch().lifeless.then(() => (seen.lifeless = true));
  return seen;
}

test("3.7 a step of 20 minutes is alive for all of them, and for the limit after its end", async () => {
  const life = createCallLife(15 * minute);
  const seen = watched(life);
  await vi.advanceTimersByTimeAsync(10 * minute);
  const step = createGate();
  const body = life.during(() => step.opened);
  await vi.advanceTimersByTimeAsync(20 * minute);
  step.open();
  await body;
  await vi.advanceTimersByTimeAsync(15 * minute - 1);
  expect(seen.lifeless).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(seen.lifeless).toBe(true);
});

test("one of two steps side by side is enough", async () => {
  const life = createCallLife(minute);
  const seen = watched(life);
  const slow = createGate();
  const body = life.during(() => slow.opened);
  await life.during(() => Promise.resolve());
  await vi.advanceTimersByTimeAsync(5 * minute);
  expect(seen.lifeless).toBe(false);
  expect(life.isExecuting()).toBe(true);
  slow.open();
  await body;
  expect(life.isExecuting()).toBe(false);
});

test("a call in which no step is under way is given up after the limit, also when its last step failed", async () => {
  const life = createCallLife(minute);
  const seen = watched(life);
  await expect(life.during(() => Promise.reject(new Error("down")))).rejects.toThrow("down");
  await vi.advanceTimersByTimeAsync(minute);
  expect(seen.lifeless).toBe(true);
});
