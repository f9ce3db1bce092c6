import type { RuleQuestion } from "@/core/approver-rules/document";
import type { RuleDetail, SimulateRule } from "@/core/contracts/approver-rule";

/** What was typed as a table is given it: an amount that names no currency is in the column's. */
export function askedValues(
  questions: readonly RuleQuestion[],
  answers: Readonly<Record<string, string>>,
): SimulateRule["values"] {
  return Object.fromEntries(
    questions.map((question): [string, string | null] => {
      const typed = (Object.hasOwn(answers, question.name) ? (answers[question.name] ?? "") : "").trim();
      if (typed === "") return [question.name, null];
      const isPlain = /^-?[\d.,\s]+$/.test(typed);
      return [question.name, question.type === "money" && isPlain ? `${typed} ${question.currency}` : typed];
    }),
  );
}

/** The row to light up on the page, which shows the draft; 0 is the last one. Null where another version answered that says something else. */
export function litRow(
  { has_changes: hasChanges }: Pick<RuleDetail, "has_changes">,
  version: SimulateRule["version"],
  row: number | null,
): number | null {
  return version === "draft" || (version === "live" && !hasChanges) ? (row ?? 0) : null;
}
