import { expect, it } from "vitest";
import { absenceProblems, toAbsence, type AbsenceDraft } from "./absence-draft";

const now = Date.parse("2026-12-01T09:00:00Z");
const draft: AbsenceDraft = {
  from: "",
  until: "",
  deputy: "d",
  workflows: new Set(),
  amount: "",
  currency: "",
  note: " ",
};

it("row 28 an absence that is left open is from now on, and until somebody ends it", () => {
  expect(absenceProblems(draft, now)).toEqual({});
  expect(toAbsence(draft)).toEqual({ until: null, deputy: "d", workflows: [], limit: null, note: null });
});

it("row 28 an end before the beginning, half a limit, and too many workflows are said at their fields", () => {
  const fields = (part: Partial<AbsenceDraft>) => Object.keys(absenceProblems({ ...draft, ...part }, now));
  expect(fields({ until: "2026-11-01T09:00" })).toEqual(["until"]);
  expect(fields({ amount: "500" })).toEqual(["currency"]);
  expect(fields({ amount: "1,5", currency: "EUR" })).toEqual(["amount"]);
  expect(fields({ workflows: new Set(Array.from({ length: 51 }, (_, n) => String(n))) })).toEqual(["amount"]);
  expect(fields({ deputy: "", amount: "x" })).toEqual([]);
});

it("row 28 without a deputy nothing is said of what one would answer", () => {
  const typed = { ...draft, workflows: new Set(["refunds"]), amount: "99.50", currency: "eur", note: " At sea " };
  expect(toAbsence(typed)).toMatchObject({
    workflows: ["refunds"],
    limit: { amount: 99.5, currency: "EUR" },
    note: "At sea",
  });
  expect(toAbsence({ ...typed, deputy: "" })).toMatchObject({ deputy: null, workflows: [], limit: null });
});
