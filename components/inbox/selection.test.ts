import fc from "fast-check";
import { expect, test } from "vitest";
import { mostDecidedAtOnce } from "@/core/contracts/decisions";
import type { InboxItem } from "@/core/contracts/inbox";
import { sampleApproval } from "@/components/kit/sample-approvals";
import { allAlike, extendedTo, isAlike, nothingSelected, selectedOf, toggled, type SelectableItem } from "./selection";

const card = (id: string, more: Partial<SelectableItem> = {}): SelectableItem => ({
  kind: "approval",
  ...sampleApproval,
  id,
  ...more,
});
const list: InboxItem[] = [
  card("a"),
  card("b"),
  card("other", { nodeId: "second" }),
  card("c"),
  card("not mine", { canDecide: false }),
  card("d"),
];

test("approvals are alike when they are the same step of the same workflow, decided in the same way", () => {
  const one = card("a");
  expect(isAlike(one, card("b", { headline: "Another", fingerprint: "x" }))).toBe(true);
  const others: Partial<SelectableItem>[] = [
    { workflow: { ...one.workflow, id: "other" } },
    { nodeId: "second" },
    { quorum: { mode: "all", then: [] } },
    { commentRequiredOn: ["approved", "rejected"] },
    { test: true },
  ];
  for (const other of others) expect(isAlike(one, card("b", other))).toBe(false);
});

test("only what is alike joins, and pressing again takes it out", () => {
  const one = toggled(nothingSelected, list, "a");
  expect(toggled(one, list, "other")).toBe(one);
  expect(toggled(one, list, "not mine")).toBe(one);
  const two = toggled(one, list, "c");
  expect(two.ids).toEqual(["a", "c"]);
  expect(toggled(two, list, "a").ids).toEqual(["c"]);
});

test("a range takes what is alike between its ends, whichever way", () => {
  expect(extendedTo(toggled(nothingSelected, list, "a"), list, "d").ids).toEqual(["a", "b", "c", "d"]);
  expect(extendedTo(toggled(nothingSelected, list, "d"), list, "b").ids).toEqual(["b", "c", "d"]);
  expect(extendedTo(nothingSelected, list, "b", "a").ids).toEqual(["a", "b"]);
  expect(allAlike(toggled(nothingSelected, list, "c"), list)).toEqual(["a", "b", "c", "d"]);
});

test("whatever is pressed, in whatever order, what is selected is alike, decidable, shown and not too much", () => {
  const items = Array.from({ length: 120 }, (_, n) =>
    card(String(n), { nodeId: n % 10 === 0 ? "second" : "first", canDecide: n % 7 > 0 }),
  );
  const press = fc.tuple(fc.boolean(), fc.nat(119));
  fc.assert(
    fc.property(fc.array(press, { maxLength: 20 }), (presses) => {
      let selection = nothingSelected;
      for (const [range, at] of presses) selection = (range ? extendedTo : toggled)(selection, items, String(at));
      const selected = selectedOf(selection, items);
      expect(selected.map(({ id }) => id).toSorted()).toEqual([...selection.ids].toSorted());
      expect(selected.length).toBeLessThanOrEqual(mostDecidedAtOnce);
      for (const item of selected) expect(isAlike(item, selected[0] ?? item)).toBe(true);
    }),
  );
});
