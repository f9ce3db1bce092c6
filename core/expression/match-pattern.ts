import { charge } from "@/core/expression/budget";
import { ExpressionProblem } from "@/core/expression/problem";
import { screenPattern } from "@/core/schema/safe-pattern";

/** `matches(text, pattern)` and `text.matches(pattern)`: only with patterns that cannot run away, and only on text short enough for them. */
export function matchPattern(text: unknown, pattern: unknown): boolean {
  if (typeof text !== "string" || typeof pattern !== "string") {
    throw new ExpressionProblem(
      "bad_expression",
      "`matches` compares a text with a pattern in quotes, e.g. `phone.matches('^[0-9]+$')`.",
    );
  }
  const ignoresCase = pattern.startsWith("(?i)");
  const screen = screenPattern(ignoresCase ? pattern.slice(4) : pattern);
  if (!screen.ok) throw new ExpressionProblem("bad_expression", screen.message);
  if (text.length > screen.maxTextLength) {
    throw new ExpressionProblem(
      "expression_limit",
      `The text has ${text.length} characters; this pattern is only used on up to ${screen.maxTextLength}. Anchor it with ^ and $, or shorten the text.`,
    );
  }
  // At 50 backtracking steps a step, two of the longest allowed checks fit in one evaluation.
  charge(1 + Math.ceil(text.length ** screen.degree / 50));
  if (!ignoresCase) return screen.regex.test(text);
  return new RegExp(screen.regex.source, `${screen.regex.flags}i`).test(text);
}
