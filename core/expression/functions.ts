import type { Environment } from "@marcbachmann/cel-js";
import { charge, chargeForError } from "@/core/expression/budget";
import type { CelChecker, CelContext, CelEvaluator, CelNode } from "@/core/expression/cel-node";
import type { ExpressionFunction, FunctionImplementation } from "@/core/expression/function-entry";
import { listFunctions } from "@/core/expression/function-table-lists";
import { valueFunctions } from "@/core/expression/function-table-values";
import { isMissing } from "@/core/expression/problem";

const functionTable: readonly FunctionImplementation[] = [...valueFunctions, ...listFunctions];

/** The functions beyond CEL's own. */
export const expressionFunctions: readonly ExpressionFunction[] = functionTable.map(
  ({ name, signature, description, example, result }) => ({ name, signature, description, example, result }),
);

export function registerFunctions(environment: Environment): void {
  for (const entry of functionTable) {
    for (const arity of entry.arities) registerOne(environment, entry, arity);
  }
}

function registerOne(environment: Environment, entry: FunctionImplementation, arity: number): void {
  const parameter = entry.call ? "dyn" : "ast";
  const signature = `${entry.name}(${Array.from({ length: arity }, () => parameter).join(", ")}): ${entry.returns}`;
  const { call, cost = 0 } = entry;
  // `async: false` keeps the evaluator off its promise path.
  const charged = (...args: unknown[]): unknown => {
    charge(cost);
    return call?.(...args);
  };
  if (call) environment.registerFunction(signature, charged, syncOnly);
  else environment.registerFunction(signature, firstPresent);
}

/** The library reads `async` here; its types leave it out of this overload. */
const syncOnly: { description?: string; async?: boolean } = { async: false };

/** `default` and `coalesce`: a plain function would never be called, because reading a missing key throws before. */
function firstPresent({ args }: { args: CelNode[] }) {
  return {
    async: false,
    typeCheck(checker: CelChecker, _macro: unknown, context: CelContext) {
      for (const arg of args) checker.check(arg, context);
      return checker.dynType;
    },
    evaluate(evaluator: CelEvaluator, _macro: unknown, context: CelContext): unknown {
      for (const arg of args) {
        const value = presentValue(evaluator, arg, context);
        if (value !== null) return value;
      }
      return null;
    },
  };
}

function presentValue(evaluator: CelEvaluator, node: CelNode, context: CelContext): unknown {
  try {
    return evaluator.run(node, context) ?? null;
  } catch (error) {
    chargeForError();
    if (isMissing(error)) return null;
    throw error;
  }
}
