import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLiveRefresh } from "./live-refresh";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A list of runs on screen; `server` is how many there are, `takesMs` how long the server takes to answer. */
function screen() {
  const client = new QueryClient();
  const world = { server: 0, shown: -1, asked: 0, other: 0, takesMs: 0 };
  const answer = (value: () => number) => async () => {
    // What an answer holds is read when the question arrives.
    const read = value();
    await new Promise((resolve) => setTimeout(resolve, world.takesMs));
    return read;
  };
  const list = new QueryObserver(client, {
    queryKey: ["runs"],
    queryFn: () => {
      world.asked += 1;
      return answer(() => world.server)();
    },
  });
  const members = new QueryObserver(client, {
    queryKey: ["members"],
    queryFn: () => {
      world.other += 1;
      return 0;
    },
  });
  const leave = [
    list.subscribe(({ data }) => {
      world.shown = data ?? -1;
    }),
    members.subscribe(() => undefined),
  ];
  const refresh = createLiveRefresh(client);
  const news = () => {
    world.server += 1;
    refresh.news(([path]) => path === "runs");
  };
  return { world, client, refresh, news, leave };
}

describe("3.9 what is on screen is asked again", () => {
  it("1,000 runs in a burst: at most once a second, and the last answer has them all; nothing else is asked", async () => {
    const { world, news } = screen();
    await vi.advanceTimersByTimeAsync(0);
    for (let run = 0; run < 1_000; run += 1) {
      news();
      await vi.advanceTimersByTimeAsync(5);
    }
    await vi.advanceTimersByTimeAsync(1_000);
    expect(world.shown).toBe(1_000);
    expect(world.asked).toBeLessThanOrEqual(8);
    expect(world.other).toBe(1);
  });

  it("an answer that takes longer than the news come is neither cut off nor the last word", async () => {
    const { world, news } = screen();
    world.takesMs = 3_000;
    for (let run = 0; run < 20; run += 1) {
      news();
      await vi.advanceTimersByTimeAsync(250);
    }
    expect(world.shown).toBeGreaterThanOrEqual(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(world.shown).toBe(20);
  });

  it("the first news is asked for at once; what is not on screen waits until it is", async () => {
    const { world, client, news, leave } = screen();
    await vi.advanceTimersByTimeAsync(10);
    news();
    await vi.advanceTimersByTimeAsync(10);
    expect(world.shown).toBe(1);
    for (const stop of leave) stop();
    news();
    await vi.advanceTimersByTimeAsync(5_000);
    expect([world.asked, client.getQueryState(["runs"])?.isInvalidated]).toEqual([2, true]);
  });
});
