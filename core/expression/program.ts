import { isJsonObject } from "@/core/json-guard";
import { ParseError, TypeError as CelTypeError } from "@marcbachmann/cel-js";
import { boundedCache } from "@/core/expression/bounded-cache";
import { budgetProblem, charge, closeBudget, openBudget } from "@/core/expression/budget";
import { callHint } from "@/core/expression/call-hint";
import { isCelNode, type CelContext, type CelNode } from "@/core/expression/cel-node";
import { environment } from "@/core/expression/environment";
import { jsonLogicToCel } from "@/core/expression/json-logic";
import { expressionLimits } from "@/core/expression/limits";
import { prepareAst } from "@/core/expression/prepare-ast";
import { ExpressionProblem, toProblem } from "@/core/expression/problem";
import { syntaxHint } from "@/core/expression/syntax-hint";

/** A parsed and checked expression. */
export interface Program {
  /** The tree as it was parsed, for reading references. */
  ast: CelNode;
  /** CEL's name of the type of the result. */
  type: string;
  /** The raw result; throws. */
  run(values: Record<string, unknown>): unknown;
}

export type Compiled =
  | { ok: true; program: Program }
  | { ok: false; problem: ExpressionProblem; /** There when only the check of types failed. */ ast?: CelNode };

const compiled = boundedCache<Compiled>(expressionLimits.cachedPrograms);

/** CEL text or a JSON-logic object as a program. The same source is parsed once. */
export function compile(source: unknown): Compiled {
  let text: string;
  try {
    text = sourceText(source);
  } catch (error) {
    return { ok: false, problem: toProblem(error) };
  }
  const known = compiled.get(text);
  if (known) return known;
  const result = parse(text);
  compiled.set(text, result);
  return result;
}

/** JSON-logic is written as CEL once per object. */
const translated = new WeakMap<object, string>();

function sourceText(source: unknown): string {
  if (typeof source === "string") return withinLimit(source);
  if (!isJsonObject(source)) {
    // A literal where an expression is expected: `"max": 3`, `"expression": true`.
    if (typeof source === "number" || typeof source === "boolean") return String(source);
    throw new ExpressionProblem(
      "bad_expression",
      "An expression is text such as `amount > 100`, or a JSON-logic object.",
    );
  }
  const known = translated.get(source);
  if (known !== undefined) return known;
  const text = withinLimit(jsonLogicToCel(source));
  translated.set(source, text);
  return text;
}

function withinLimit(text: string): string {
  if (text.length > expressionLimits.sourceCharacters) {
    throw new ExpressionProblem(
      "expression_limit",
      `The expression is longer than ${expressionLimits.sourceCharacters.toLocaleString("en-US")} characters. Split it over several steps.`,
    );
  }
  if (text.trim() === "")
    throw new ExpressionProblem(
      "bad_expression",
      "The expression is empty. Write what to evaluate, e.g. `amount > 100`.",
    );
  return text;
}

function parse(text: string): Compiled {
  try {
    const parsed = environment.parse(text);
    // The library's node type leaves out what we rely on; see cel-node.ts.
    const ast = parsed.ast as unknown as CelNode;
    const holding = prepareAst(ast);
    const check = parsed.check();
    if (!check.valid) return { ok: false, problem: withCallHint(check.error), ast };
    return { ok: true, program: { ast, type: check.type ?? "dyn", run: (values) => run(parsed, holding, values) } };
  } catch (error) {
    const problem = toProblem(error);
    const hint = error instanceof ParseError && problem.code === "bad_expression" ? syntaxHint(text, reads) : null;
    // The parser's own words say less than the hint.
    const [place] = problem.message.split(": ");
    return {
      ok: false,
      problem: hint === null ? problem : new ExpressionProblem(problem.code, `${place ?? ""}. ${hint}`),
    };
  }
}

function reads(text: string): boolean {
  try {
    environment.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A call that fits no function: how it is written, instead of the types that it was given. */
function withCallHint(error: unknown): ExpressionProblem {
  const problem = toProblem(error);
  const node = error instanceof CelTypeError && error.code === "no_matching_overload" ? error.node : null;
  if (!isCelNode(node) || !Array.isArray(node.args)) return problem;
  const parts: readonly unknown[] = node.args;
  const [name, second, third] = parts;
  const receiver = node.op === "rcall" && isCelNode(second) ? node.input.slice(second.start, second.end) : null;
  const given: unknown = receiver === null ? second : third;
  const hint =
    typeof name === "string" ? callHint({ name, receiver, count: Array.isArray(given) ? given.length : 0 }) : null;
  if (hint === null) return problem;
  const [sentence] = problem.message.split(/(?<=\.) /);
  return new ExpressionProblem(problem.code, `${sentence ?? problem.message} ${hint}`);
}

const startSteps = 50;

function run(
  parsed: (values: Record<string, unknown>) => unknown,
  holding: readonly CelNode[],
  values: Record<string, unknown>,
): unknown {
  openBudget();
  try {
    // Reading and starting an expression costs more than a step of it: thousands of small ones are not cheap.
    charge(startSteps);
    const result = parsed(values);
    const problem = budgetProblem();
    if (problem) throw problem;
    return result;
  } finally {
    closeBudget();
    for (const node of holding) release(node);
  }
}

/** Comprehensions keep their last context in the tree; a cached program must not keep a run's data alive. */
function release(node: CelNode): void {
  const { alternate, macro } = node.meta;
  const args = alternate?.args;
  const context =
    typeof args === "object" && args !== null && "iterCtx" in args
      ? args.iterCtx
      : macro && "bindCtx" in macro
        ? macro.bindCtx
        : null;
  if (!isContext(context)) return;
  context.reuse?.(nothing);
  context.accuValue = undefined;
  context.iterValue = undefined;
}

function isContext(value: unknown): value is CelContext {
  return typeof value === "object" && value !== null && "reuse" in value;
}

const nothing: CelContext = { getValue: () => undefined, getVariable: () => undefined };
