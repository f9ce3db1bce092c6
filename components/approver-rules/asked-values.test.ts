import { expect, it } from "vitest";
import type { RuleQuestion } from "@/core/approver-rules/document";
import { askedValues, litRow } from "./asked-values";

const questions: RuleQuestion[] = [
  { name: "amount", title: "Amount", type: "money", currency: "EUR" },
  { name: "site", title: "Site", type: "choice", choices: ["Lyon"] },
];

it("row 26 an amount that is typed without a currency is in the column's, and what is left empty is not said", () => {
  expect(askedValues(questions, { amount: " 12,000 ", site: "Lyon" })).toEqual({ amount: "12,000 EUR", site: "Lyon" });
  expect(askedValues(questions, { amount: "$12" })).toEqual({ amount: "$12", site: null });
  expect(askedValues([{ name: "constructor", title: "C", type: "text" }], {})).toEqual({ constructor: null });
});

it("a row lights up where the page shows the table that answered", () => {
  expect(litRow({ has_changes: true }, "draft", 2)).toBe(2);
  expect(litRow({ has_changes: false }, "live", null)).toBe(0);
  expect(litRow({ has_changes: true }, "live", 2)).toBeNull();
});
