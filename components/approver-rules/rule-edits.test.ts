import { expect, it } from "vitest";
import type { RuleDocument, RuleRow } from "@/core/approver-rules/document";
import { edited, freeName, nameOf, typedList, typedNumber, withCell, work } from "./rule-edits";

const row = (ref: string): RuleRow => ({ when: { amount: { is: "up_to", to: 5 } }, assignTo: [ref] });
const document: RuleDocument = {
  questions: [{ name: "amount", title: "Amount", type: "money", currency: "EUR" }],
  rows: [row("role:a"), row("role:b"), row("role:c")],
  otherwise: { refuse: true },
};
const start = work("Spend", document);
const refs = (state: typeof start) => state.document.rows.map(({ assignTo }) => assignTo.join());

it("row 26 rows are added, copied, moved and removed, and stay the same rows by their keys", () => {
  expect(refs(edited(start, { what: "move", at: 2, to: 0 }))).toEqual(["role:c", "role:a", "role:b"]);
  expect(edited(start, { what: "move", at: 2, to: 0 }).keys).toEqual([2, 0, 1]);
  expect(edited(start, { what: "move", at: 0, to: -1 })).toBe(start);
  expect(edited(start, { what: "move", at: 2, to: 3 })).toBe(start);
  const copied = edited(start, { what: "duplicate", at: 0 });
  expect([refs(copied), copied.keys]).toEqual([
    ["role:a", "role:a", "role:b", "role:c"],
    [0, 3, 1, 2],
  ]);
  expect(refs(edited(start, { what: "remove", at: 1 }))).toEqual(["role:a", "role:c"]);
  expect(edited(start, { what: "add" }).document.rows.at(-1)).toEqual({ when: {}, assignTo: [] });
  const full = work("Spend", { ...document, rows: Array.from({ length: 200 }, () => row("role:a")) });
  expect(edited(full, { what: "add" })).toBe(full);
  expect(edited(full, { what: "duplicate", at: 0 })).toBe(full);
});

it("a question that goes, or is of another type, takes its conditions along", () => {
  const number = edited(start, { what: "questions", questions: [{ name: "amount", title: "Amount", type: "number" }] });
  expect(number.document.rows[0]?.when).toEqual({ amount: { is: "up_to", to: 5 } });
  const text = edited(start, { what: "questions", questions: [{ name: "amount", title: "Amount", type: "text" }] });
  expect(text.document.rows[0]?.when).toEqual({});
  expect(edited(start, { what: "questions", questions: [] }).document.rows[0]?.when).toEqual({});
  expect(withCell(row("role:a"), "amount", null).when).toEqual({});
});

it("reads what somebody types", () => {
  expect(["12,000.5", "-3", "a", "", "1e5", "9999999999999"].map(typedNumber)).toEqual([
    12000.5,
    -3,
    null,
    null,
    null,
    null,
  ]);
  expect(typedList(" Lyon, Paris,\n, Oslo ")).toEqual(["Lyon", "Paris", "Oslo"]);
  expect(["Cost centre", "2nd Größe!", "…"].map((title) => nameOf(title))).toEqual(["cost_centre", "nd_gro_e", ""]);
  expect(nameOf("Spend & travel", "-")).toBe("spend-travel");
  expect(freeName("Amount", document.questions)).toBe("amount_2");
  expect(freeName("…", [])).toBe("question");
});
