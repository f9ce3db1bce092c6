import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { loadLater } from "./load-later";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("code that could not be fetched is fetched when the server is back", async () => {
  const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error("away")).mockResolvedValue("here");
  const loading = loadLater(load);
  await vi.advanceTimersByTimeAsync(1_000);
  await expect(loading).resolves.toBe("here");
  expect(load).toHaveBeenCalledTimes(2);
});

it("what cannot be fetched for two minutes fails as it does", async () => {
  const load = vi.fn(() => Promise.reject(new Error("gone")));
  const loading = expect(loadLater(load)).rejects.toThrow("gone");
  await vi.advanceTimersByTimeAsync(130_000);
  await loading;
  expect(load.mock.calls.length).toBeGreaterThan(20);
});
