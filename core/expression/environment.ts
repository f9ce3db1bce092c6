import { Environment } from "@marcbachmann/cel-js";
import { charge, chargeForError } from "@/core/expression/budget";
import type { CelEvaluator, CelNode } from "@/core/expression/cel-node";
import { registerFunctions } from "@/core/expression/functions";
import { expressionLimits } from "@/core/expression/limits";
import { truthy } from "@/core/expression/json-logic";

/** The one dialect of all expressions. Built once: building it is expensive. */
export const environment = createEnvironment();

function createEnvironment(): Environment {
  const dialect = new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
    limits: {
      maxAstNodes: expressionLimits.astNodes,
      maxDepth: expressionLimits.nesting,
      maxListElements: 1_000,
      maxMapEntries: 500,
      maxCallArguments: 16,
    },
  });
  registerMixedArithmetic(dialect);
  registerConversions(dialect);
  registerFunctions(dialect);
  dialect.registerFunction("truthy(dyn): bool", truthy);
  tameEvaluator(dialect);
  return dialect;
}

/** Only for the type check: evaluation goes through `jsonOperators`. */
function registerMixedArithmetic(dialect: Environment): void {
  for (const operator of ["+", "-", "*", "/", "%"]) {
    dialect.registerOperator(`int ${operator} double: double`, unreachable);
    dialect.registerOperator(`double ${operator} int: double`, unreachable);
  }
  dialect.registerOperator("double % double: double", unreachable);
}

function unreachable(): never {
  throw new Error("Arithmetic on numbers is done by the JSON operators.");
}

/** JSON numbers are doubles, so the conversions and text methods that CEL has for integers take them too. */
function registerConversions(dialect: Environment): void {
  const timestamp = "google.protobuf.Timestamp";
  dialect.registerFunction(`timestamp(double): ${timestamp}`, (seconds: number) => new Date(seconds * 1000));
  dialect.registerFunction(`timestamp(${timestamp}): ${timestamp}`, (time: Date) => time);
  dialect.registerFunction(`string(${timestamp}): string`, (time: Date) => time.toISOString());
  dialect.registerFunction("string(google.protobuf.Duration): string", String);
  // Only for the type check: what they do stands in `textMethods`.
  for (const types of ["double", "double, double", "int, double", "double, int"])
    dialect.registerFunction(`string.substring(${types}): string`, unreachable);
  for (const name of ["indexOf", "lastIndexOf"])
    dialect.registerFunction(`string.${name}(string, double): int`, unreachable);
}

/**
 * Two changes to the library's evaluator, which it hands to every node but does not export. Every node evaluation is
 * charged to the budget, as is every error that is swallowed. And values are typed by their outermost kind only: typing them deeply takes the first item as
 * the type of a whole list, and keeps every shape of data that was ever seen in a cache that is never emptied.
 */
function tameEvaluator(dialect: Environment): void {
  const probe = dialect.parse("null");
  // The library's node type does not show `setMeta`; see cel-node.ts.
  const node = probe.ast as unknown as CelNode;
  node.setMeta("evaluate", (evaluator: CelEvaluator) => {
    evaluator.debugTypeDeep = (value) => evaluator.debugType(value);
    evaluator.run = (child, context) => {
      charge(1);
      return child.evaluate(evaluator, child, context);
    };
    evaluator.tryEval = (child, context) => {
      try {
        return evaluator.run(child, context);
      } catch (error) {
        chargeForError();
        return error;
      }
    };
    return null;
  });
  probe({});
}
