import { expect, it } from "vitest";
import { ruleChanges } from "./changes";
import { ruleDocumentSchema, type RuleDocument } from "./document";
import { problemsAt, ruleProblems } from "./problems";
import { amount, asks, site, spend } from "./rules.testkit";
import { outcomeWords, refusalSentence, ruleSentence } from "./words";

const places = (document: RuleDocument) =>
  ruleProblems(document)
    .filter(({ severity }) => severity === "error")
    .map(({ path }) => path);
const name = (ref: string): string => ref.replace("role:", "").replace(/^./, (letter) => letter.toUpperCase());

it("row 26 a table that says everything has no problems, and is read back as it was", () => {
  expect(ruleProblems(spend)).toEqual([]);
  expect(ruleDocumentSchema.parse(JSON.parse(JSON.stringify(spend)))).toEqual(spend);
});

it("names what is missing or does not fit, at its cell", () => {
  expect(
    places({
      questions: [
        { name: "Amount", title: "", type: "money", currency: "EU" },
        { ...site, choices: ["Lyon", "lyon "] },
        site,
      ],
      rows: [
        asks("the boss", { site: { is: "from", from: 1 } }),
        asks("role:a", { site: { is: "one_of", values: ["Rome"] }, gone: { is: "up_to", to: 1 } }),
        asks("role:a", {}, { assignTo: [], quorum: { mode: "count" }, escalateTo: ["role:b"] }),
      ],
      otherwise: { assignTo: ["role:a"], quorum: { mode: "sequence" } },
    }),
  ).toEqual([
    "questions[0].title",
    "questions[0].name",
    "questions[0].currency",
    "questions[1].name",
    "questions[1].choices",
    "questions[2].name",
    "rows[0].when.site",
    "rows[0].assignTo",
    "rows[1].when.site",
    "rows[1].when.gone",
    "rows[2].assignTo",
    "rows[2].quorum.n",
    "rows[2].timeoutHours",
    "otherwise.assignTo",
  ]);
  const backwards = asks("role:a", { amount: { is: "between", from: 5, to: 1 } });
  const below = asks("role:a", { amount: { is: "up_to", to: -1 } });
  const found = ruleProblems({ questions: [amount], rows: [backwards, below], otherwise: { refuse: true } });
  expect(problemsAt(found, "rows[0]")).toMatchObject([
    { message: "The range ends before it begins. Exchange the two numbers." },
    { severity: "warning" },
  ]);
  expect(problemsAt(found, "rows[1].when.amount")).toMatchObject([{ severity: "error" }]);
});

it("says in words what publishing changes: questions, rows, their order, and the last row", () => {
  expect(ruleChanges(spend, spend, name)).toEqual([]);
  expect(ruleChanges(null, { ...spend, rows: spend.rows.slice(0, 1) }, name)).toEqual([
    "Amount (EUR) is asked.",
    "Site is asked.",
    "Row 1 is new: amount up to €1,000 → Lead.",
    "Otherwise: Owner.",
  ]);
  const [first, second, third] = spend.rows;
  if (!first || !second || !third) throw new Error("three rows");
  const dearer = asks("role:lead", { amount: { is: "up_to", to: 2_000 } });
  expect(ruleChanges(spend, { ...spend, rows: [dearer, second, third], otherwise: { refuse: true } }, name)).toEqual([
    "Row 1 was amount up to €1,000 → Lead, and is amount up to €2,000 → Lead.",
    "Otherwise: nobody may approve it. It was: Owner.",
  ]);
  expect(ruleChanges(spend, { ...spend, rows: [second, first, third] }, name)).toEqual([
    "Rows stand in another order: the first that fits decides.",
  ]);
  expect(ruleChanges(spend, { ...spend, rows: [first, third] }, name)).toEqual([
    "Row 2 is gone: amount over €10,000 and site Lyon → everybody of Manager, Finance, not whoever asked for it, with a comment when rejected, within 2 days, then Owner.",
  ]);
  expect(ruleChanges(spend, { ...spend, questions: [{ ...amount, currency: "USD" }] }, name)).toEqual([
    "Site is not asked any more. Steps that give it must be published anew.",
    "Amount (USD) takes amounts in USD instead of amounts in EUR.",
  ]);
});

it("says who decides, and why nobody does", () => {
  const two = { assignTo: ["role:a", "role:b"] };
  expect(outcomeWords({ ...two, quorum: { mode: "count", n: 2 } }, name)).toBe("2 of A, B");
  expect(outcomeWords({ ...two, quorum: { mode: "sequence" } }, name)).toBe("A, then B");
  expect(outcomeWords(two, name)).toBe("A or B");
  const asked = { name: "Spend", version: 2, row: null, because: [] };
  expect(refusalSentence(asked, "Ask the board.")).toBe(
    "By the rule “Spend”, version 2, nobody may approve this: no row fits. Ask the board.",
  );
  expect(ruleSentence({ ...asked, because: ["VAT is not known"] })).toBe(
    "Asked by the rule “Spend”, version 2: no row can be chosen, because VAT is not known",
  );
  expect(ruleSentence({ ...asked, row: 4 })).toBe("Asked by the rule “Spend”, version 2: whatever is asked");
});
