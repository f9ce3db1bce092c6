import type { ImportProblem, ImportReading } from "@/core/contracts/library";

/** "Refund desk: 8 steps (3 Notify, 2 Approval …), started by event and manual." */
export function summaryWords({ name, steps, triggers }: NonNullable<ImportReading["summary"]>): string {
  const total = steps.reduce((sum, { count }) => sum + count, 0);
  const kinds = steps.slice(0, 4).map(({ title, count }) => `${String(count)} ${title}`);
  const more = steps.length > 4 ? [...kinds, "others"] : kinds;
  const started = triggers.length === 0 ? "" : `, started by ${listWords([...new Set(triggers)])}`;
  return `${name}: ${total === 1 ? "1 step" : `${String(total)} steps`} (${more.join(", ")})${started}.`;
}

/** "Line 12, column 5" */
export function placeWords({ line, column, path }: Pick<ImportProblem, "line" | "column" | "path">): string {
  if (line === null) return path;
  return column === null ? `Line ${String(line)}` : `Line ${String(line)}, column ${String(column)}`;
}

/** "2 errors, 1 warning"; "" for none. */
export function countWords(problems: readonly Pick<ImportProblem, "severity">[]): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  return [
    errors > 0 ? (errors === 1 ? "1 error" : `${String(errors)} errors`) : "",
    warnings > 0 ? (warnings === 1 ? "1 warning" : `${String(warnings)} warnings`) : "",
  ]
    .filter((words) => words !== "")
    .join(", ");
}

function listWords(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
