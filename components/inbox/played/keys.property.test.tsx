// @vitest-environment happy-dom
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { restMs } from "@/components/inbox/use-rested";
import { openPlayedPage, PlayedLink, type PlayedPage } from "./page.testkit";
import { createPlayedServer, type PlayedServer } from "./server.testkit";

vi.mock("@/components/trpc", async () => (await import("./page.testkit")).playedTrpc);
vi.mock("next/navigation", async () => (await import("./page.testkit")).playedNavigation);
vi.mock("next/link", () => ({ default: PlayedLink }));

type Act =
  | { kind: "press"; key: "a" | "r" | "j" | "k" | "x" | "Escape" }
  | { kind: "undo" | "send" | "offline" | "online" }
  | { kind: "wait"; ms: number }
  | { kind: "arrive" | "change" | "decideElsewhere" | "openCard"; index: number };

const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("press" as const),
      key: fc.constantFrom("a", "a", "a", "r", "j", "k", "x", "Escape"),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      ms: fc.constantFrom(0, 30, 200, 799, 801, 900, 1_500, 5_500),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Act>(
      { kind: "undo" },
      { kind: "send" },
      { kind: "send" },
      { kind: "offline" },
      { kind: "online" },
      { kind: "online" },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("arrive" as const, "change" as const, "decideElsewhere" as const, "openCard" as const),
      index: fc.nat(6),
    }),
  },
);

/** One of each decision, so that there is something to judge. */
const everyWay: Act[] = [
  { kind: "wait", ms: 900 },
  { kind: "press", key: "a" },
  { kind: "wait", ms: 200 },
  { kind: "undo" },
  { kind: "wait", ms: 900 },
  { kind: "press", key: "r" },
  { kind: "send" },
];

beforeAll(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  // Nothing is laid out here: all that is in the document counts as seen.
  Element.prototype.checkVisibility = () => true;
});
afterAll(() => vi.unstubAllGlobals());
beforeEach(() => vi.useFakeTimers({ now: Date.parse("2026-12-01T09:00:00Z") }));
afterEach(() => vi.useRealTimers());

let arrived = 0;
async function perform(act: Act, server: PlayedServer, page: PlayedPage): Promise<void> {
  const open = server.open();
  const chosen = "index" in act ? open[act.index % Math.max(1, open.length)] : undefined;
  switch (act.kind) {
    case "press":
      return page.press(act.key);
    case "undo":
      return page.press("z", { ctrlKey: true });
    case "send":
      return page.sendWindow("Not this one");
    case "wait":
      return page.wait(act.ms);
    case "openCard":
      return page.openCard(act.index);
    case "offline":
    case "online":
      server.net.online = act.kind === "online";
      return;
    case "arrive":
      arrived += 1;
      server.arrive(`q${String(arrived)}`, act.index);
      return page.hear();
    case "change":
      if (chosen) server.change(chosen.id);
      return page.hear();
    case "decideElsewhere":
      if (chosen) server.decideElsewhere(chosen.id);
      return page.hear();
  }
}

test("A1 A5 A8 A9 whatever is pressed, arrives, changes and is decided elsewhere: what is decided stood there long enough, and at that press", async () => {
  const count = { approved: 0, rejected: 0, undo: 0 };
  const { InboxScreen } = await import("@/components/inbox/inbox-screen");
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 15, maxLength: 30 }), fc.nat(300), async (sequence, latency) => {
      const server = createPlayedServer();
      server.net.latency = latency;
      for (const id of ["first", "second", "third"]) server.arrive(id, server.open().length);
      const page = await openPlayedPage(server, <InboxScreen />);
      await page.wait(latency * 3);
      const decided: string[] = [];
      for (const each of sequence) {
        const before = { now: Date.now(), said: server.said.length, shown: page.seen.at(-1) };
        await perform(each, server, page);
        for (const { at, what, id } of server.said.slice(before.said)) {
          count[what] += 1;
          // Nothing is sent later than it was pressed: not when the network is back, not when something else is done.
          expect([at, ["press", "undo", "send"].includes(each.kind)]).toEqual([before.now, true]);
          if (what === "undo") {
            expect(decided).toContain(id);
            continue;
          }
          decided.push(id);
          expect(before.shown?.headline).toMatch(new RegExp(`^Pay ${id}, `));
          // A rejection is written in a window, over what it is about.
          if (what === "approved") expect(at - (before.shown?.at ?? at)).toBeGreaterThanOrEqual(restMs);
        }
      }
      await page.close();
    }),
    { numRuns: 12, examples: [[everyWay, 20]] },
  );
  // It was played, and not only looked at.
  expect(Math.min(count.approved, count.rejected, count.undo)).toBeGreaterThan(0);
});
