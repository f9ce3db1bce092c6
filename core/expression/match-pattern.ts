import { charge } from "@/core/expression/budget";
import { ExpressionProblem } from "@/core/expression/problem";
import { screenPattern } from "@/core/schema/safe-pattern";

/** `matches(text, pattern)` and `text.matches(pattern)`: in linear time, charged to the expression. */
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
  const { matcher } = screen;
  return (ignoresCase ? matcher.ignoringCase() : matcher).test(text, () => {
    charge(stepsOfHundred);
  });
}

/** A hundred steps of a pattern take as long as four of an expression. */
const stepsOfHundred = 4;
