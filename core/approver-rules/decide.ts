import type { JsonObject } from "@/core/json";
import { ownField } from "@/core/json-guard";
import type { RuleCell, RuleDocument, RuleOtherwise, RuleQuestion, RuleRow } from "./document";
import { comparable, readValue, type ReadValue } from "./read-value";
import { cellWords, unknownWords } from "./words";

/** What a table says of a request. */
export interface RuleDecision {
  /** The number of the row, from 1; null: none fits, and `otherwise` decides. */
  row: number | null;
  outcome: RuleOtherwise;
  /** Why, a sentence for each column that the row asks about. */
  because: string[];
}

/**
 * The first row that fits. Where it cannot be told whether a row fits, since a value of it is missing or cannot be read, no later row is
 * looked at, for it may name somebody who may decide less: `otherwise` decides.
 */
export function decide({ questions, rows, otherwise }: RuleDocument, values: JsonObject): RuleDecision {
  const read = questions.map((question) => ({ question, value: readValue(question, ownField(values, question.name)) }));
  for (const [index, row] of rows.entries()) {
    const asked = read.flatMap(({ question, value }) => {
      const cell = cellOf(row, question);
      return cell === null ? [] : [{ question, cell, value }];
    });
    if (asked.some(({ cell, value }) => value !== null && !cellFits(cell, value))) continue;
    const unknown = asked.filter(({ value }) => value === null).map(({ question }) => unknownWords(question));
    if (unknown.length > 0) return { row: null, outcome: otherwise, because: unknown };
    return {
      row: index + 1,
      outcome: row,
      because: asked.map(({ question, cell }) => cellWords(question, cell)),
    };
  }
  return { row: null, outcome: otherwise, because: [] };
}

/** What a row asks about a column; null for any value. */
export function cellOf({ when }: RuleRow, { name }: Pick<RuleQuestion, "name">): RuleCell | null {
  return Object.hasOwn(when, name) ? (when[name] ?? null) : null;
}

/** A cell of another type than the column's fits nothing. */
export function cellFits(cell: RuleCell, value: ReadValue): boolean {
  switch (cell.is) {
    case "from":
      return typeof value === "number" && value >= cell.from;
    case "over":
      return typeof value === "number" && value > cell.over;
    case "up_to":
      return typeof value === "number" && value <= cell.to;
    case "between":
      return typeof value === "number" && value >= cell.from && value <= cell.to;
    case "one_of":
      return typeof value === "string" && cell.values.some((one) => comparable(one) === value);
    case "none_of":
      return typeof value === "string" && !cell.values.some((one) => comparable(one) === value);
  }
}
