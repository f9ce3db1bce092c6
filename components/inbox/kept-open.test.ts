import fc from "fast-check";
import { expect, test } from "vitest";
import { keepOpen, type KeptOpen } from "./kept-open";

const nothing: KeptOpen = { view: "pending", id: null, left: null };
const ids = ["a", "b", "c", "d", "e"];

test("A1 what is open stays open, whatever arrives, leaves or is decided elsewhere, until the person decides", () => {
  const lists = fc.array(fc.subarray(ids).chain((some) => fc.shuffledSubarray(some, { minLength: some.length })));
  fc.assert(
    fc.property(lists, lists, (before, after) => {
      let kept = nothing;
      for (const list of before) kept = keepOpen(kept, "pending", list);
      const opened = kept.id;
      expect(opened).toBe(before.find((list) => list.length > 0)?.[0] ?? null);
      if (opened === null) return;
      for (const list of after) expect(keepOpen(kept, "pending", list)).toBe(kept);
      // Decided: whatever comes next, it is not the one that just left, until another one was open.
      let next: KeptOpen = { view: "pending", id: null, left: opened };
      for (const list of after) next = keepOpen(next, "pending", list);
      expect(next.id).not.toBe(opened);
    }),
  );
});

test("nothing is opened before the list is there, and another list begins with its own first", () => {
  expect(keepOpen(nothing, "pending", null)).toBe(nothing);
  const kept = keepOpen(nothing, "pending", ["a"]);
  expect(keepOpen(kept, "decided", ["z", "a"])).toEqual({ view: "decided", id: "z", left: null });
});
