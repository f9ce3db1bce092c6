import { placeAt } from "@/core/workflow/json-places";
import type { TextProblem } from "./json-problems";

/** "No problems", "2 errors, 1 warning". */
export function problemCountWords(problems: readonly Pick<TextProblem, "severity">[]): string {
  if (problems.length === 0) return "No problems";
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return [words(errors, "error"), words(problems.length - errors, "warning")].filter(Boolean).join(", ");
}

function words(count: number, word: string): string {
  if (count === 0) return "";
  return count === 1 ? `1 ${word}` : `${String(count)} ${word}s`;
}

/** "Line 16: A comma is missing before this."; the first error, else the first warning. */
export function firstProblemWords(text: string, problems: readonly TextProblem[]): string | null {
  const first = problems.find(({ severity }) => severity === "error") ?? problems[0];
  return first ? `Line ${String(placeAt(text, first.from).line)}: ${first.message}` : null;
}
