import fc from "fast-check";
import { expect, it } from "vitest";
import { decide } from "./decide";
import type { RuleDocument } from "./document";
import { amount, anyDocument, asks, heads, readable, site, spend } from "./rules.testkit";
import { unmetRows } from "./unmet";

const table = (rows: RuleDocument["rows"]): RuleDocument => ({
  questions: [amount, heads, site],
  rows,
  otherwise: { refuse: true },
});

it("row 26 names rows that no request can meet: impossible ones, and those that rows above them cover together", () => {
  expect(unmetRows(spend)).toEqual([]);
  expect(
    unmetRows(
      table([
        asks("role:a", { heads: { is: "between", from: 5, to: 1 } }),
        asks("role:b", { amount: { is: "up_to", to: 10 } }),
        asks("role:c", { amount: { is: "over", over: 10 } }),
        asks("role:d"),
      ]),
    ),
  ).toEqual([1, 4]);
  expect(unmetRows(table([asks("role:a", { amount: { is: "from", from: 0 } }), asks("role:b")]))).toEqual([2]);
  expect(unmetRows(table([asks("role:a", { heads: { is: "from", from: 0 } }), asks("role:b")]))).toEqual([]);
  const sites = [["lyon", "paris"], ["Oslo"]].map((values) => asks("role:a", { site: { is: "one_of", values } }));
  expect(unmetRows(table([...sites, asks("role:b", { heads: { is: "up_to", to: 1 } })]))).toEqual([3]);
});

it("many rows are looked through at once", () => {
  const rows = Array.from({ length: 100 }, (_, index) =>
    asks("role:a", { amount: { is: "between", from: index, to: index }, heads: { is: "from", from: index } }),
  );
  expect(unmetRows(table([...rows, asks("role:b"), asks("role:c")]))).toEqual([102]);
});

const values = fc.record(readable);

it("never names a row that a request meets", () => {
  fc.assert(
    fc.property(anyDocument, values, (document, request) => {
      const { row } = decide(document, request);
      expect(row !== null && unmetRows(document).includes(row)).toBe(false);
    }),
  );
});

it("of one column it names every row that nothing meets", () => {
  const sizes = Array.from({ length: 31 }, (_, index) => index / 4 - 0.5);
  fc.assert(
    fc.property(anyDocument, (document) => {
      const rows = document.rows.map((row) => ({
        ...row,
        when: Object.fromEntries(Object.entries(row.when).filter(([name]) => name === "heads")),
      }));
      const narrow: RuleDocument = { ...document, questions: [heads], rows };
      const met = new Set(sizes.map((size) => decide(narrow, { heads: size }).row));
      expect(unmetRows(narrow)).toEqual(rows.map((_, index) => index + 1).filter((row) => !met.has(row)));
    }),
  );
});
