import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pendingText } from "./pending-text";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("typing into a field", () => {
  it("reaches the document in the first pause, once", () => {
    const commit = vi.fn();
    const text = pendingText(commit);
    for (const typed of ["a", "ab", "abc"]) {
      text.put(typed);
      vi.advanceTimersByTime(100);
    }
    expect(commit).not.toHaveBeenCalled();
    expect(text.waits()).toBe(true);
    vi.advanceTimersByTime(100);
    expect(commit.mock.calls).toEqual([["abc"]]);
    expect(text.waits()).toBe(false);
    vi.advanceTimersByTime(5_000);
    expect(commit).toHaveBeenCalledTimes(1);
  });

  it("reaches it at least once a second, however fast somebody types", () => {
    const commit = vi.fn();
    const text = pendingText(commit);
    for (let key = 0; key < 25; key += 1) {
      text.put(String(key));
      vi.advanceTimersByTime(100);
    }
    expect(commit.mock.calls.length).toBeGreaterThanOrEqual(2);
  });

  it("reaches it at once when the field is left, and never twice", () => {
    const commit = vi.fn();
    const text = pendingText(commit);
    text.put("x");
    text.handOver();
    text.handOver();
    vi.advanceTimersByTime(5_000);
    expect(commit.mock.calls).toEqual([["x"]]);
  });
});
