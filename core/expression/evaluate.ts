import type { Json } from "@/core/json";
import type { StepError } from "@/core/step-error";
import { toJson, type SizeMeter } from "@/core/expression/json-value";
import { toProblem, toStepError, type ExpressionProblem } from "@/core/expression/problem";
import { compile } from "@/core/expression/program";
import type { ExpressionScope } from "@/core/expression/scope";

/** The answer of an expression: plain JSON, or why there is none. */
export type ExpressionResult = { ok: true; value: Json } | { ok: false; error: StepError };

/**
 * Evaluates CEL text or a JSON-logic object. Never throws. Error codes: `bad_expression`, `missing_value`,
 * `expression_limit`; none of them is worth a retry.
 */
export function evaluateExpression(source: unknown, scope: ExpressionScope): ExpressionResult {
  const result = evaluateToJson(source, scope);
  return result.ok ? result : { ok: false, error: toStepError(result.problem) };
}

/** The same for callers inside this folder that treat a missing value differently. */
export function evaluateToJson(
  source: unknown,
  scope: ExpressionScope,
  meter?: SizeMeter,
): { ok: true; value: Json } | { ok: false; problem: ExpressionProblem } {
  const compiled = compile(source);
  if (!compiled.ok) return compiled;
  try {
    return { ok: true, value: toJson(compiled.program.run(scope.values), meter) };
  } catch (error) {
    return { ok: false, problem: toProblem(error) };
  }
}
