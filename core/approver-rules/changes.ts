import { sameJson } from "@/core/json-guard";
import type { RuleDocument, RuleOtherwise, RuleQuestion, RuleRow } from "./document";
import { limitsOf, lowerFirst, outcomeWords, questionWords, rowWords } from "./words";

/** More lines than anybody reads. */
const mostLines = 100;

/**
 * What is different in a table, a sentence each, as whoever publishes it reads it. `before`: null where nothing is live yet. `name`: of a
 * reference, for people. Empty where nothing is different.
 */
export function ruleChanges(before: RuleDocument | null, after: RuleDocument, name: (ref: string) => string): string[] {
  const lines = [
    ...questionChanges(before?.questions ?? [], after.questions),
    ...rowChanges(before, after, name),
    ...otherwiseChange(before?.otherwise ?? null, after.otherwise, name),
  ];
  const left = lines.length - mostLines;
  return left <= 0 ? lines : [...lines.slice(0, mostLines), `And ${String(left)} more changes.`];
}

function questionChanges(before: readonly RuleQuestion[], after: readonly RuleQuestion[]): string[] {
  const named = (all: readonly RuleQuestion[], name: string) => all.find((question) => question.name === name);
  return [
    ...before
      .filter(({ name }) => named(after, name) === undefined)
      .map(
        (question) => `${questionWords(question)} is not asked any more. Steps that give it must be published anew.`,
      ),
    ...after.flatMap((question) => {
      const was = named(before, question.name);
      if (was === undefined) return [`${questionWords(question)} is asked.`];
      if (sameJson(was, question)) return [];
      return was.type === question.type && was.title === question.title
        ? [`${questionWords(question)} takes ${limitsOf(question)} instead of ${limitsOf(was)}.`]
        : [`${questionWords(was)} is now ${lowerFirst(questionWords(question))}.`];
    }),
  ];
}

/** Rows are told apart by what they say: one that is changed is gone from its place, and another stands there. */
function rowChanges(before: RuleDocument | null, after: RuleDocument, name: (ref: string) => string): string[] {
  const old = before?.rows ?? [];
  const isIn = (rows: readonly RuleRow[], row: RuleRow) => rows.some((other) => sameJson(other, row));
  const words = ({ questions }: RuleDocument, row: RuleRow) =>
    `${rowWords(questions, row)} → ${outcomeWords(row, name)}`;
  const changed = new Set(
    after.rows.flatMap((row, index) => {
      const was = old[index];
      return was !== undefined && !isIn(old, row) && !isIn(after.rows, was) ? [index] : [];
    }),
  );
  const gone = old.flatMap((row, index) =>
    isIn(after.rows, row) || changed.has(index) || before === null
      ? []
      : [`Row ${String(index + 1)} is gone: ${words(before, row)}.`],
  );
  const come = after.rows.flatMap((row, index) => {
    const was = old[index];
    if (changed.has(index) && was !== undefined && before !== null)
      return [`Row ${String(index + 1)} was ${words(before, was)}, and is ${words(after, row)}.`];
    return isIn(old, row) ? [] : [`Row ${String(index + 1)} is new: ${words(after, row)}.`];
  });
  const kept = (rows: readonly RuleRow[], others: readonly RuleRow[]) => rows.filter((row) => isIn(others, row));
  const isMoved = !sameJson(kept(old, after.rows), kept(after.rows, old));
  return [...gone, ...come, ...(isMoved ? ["Rows stand in another order: the first that fits decides."] : [])];
}

function otherwiseChange(before: RuleOtherwise | null, after: RuleOtherwise, name: (ref: string) => string): string[] {
  if (before !== null && sameJson(before, after)) return [];
  const now = `Otherwise: ${outcomeWords(after, name)}`;
  return [before === null ? `${now}.` : `${now}. It was: ${outcomeWords(before, name)}.`];
}
