import { charge, chargeForError } from "@/core/expression/budget";
import {
  childNodes,
  comprehensionOf,
  isCelNode,
  type CelChecker,
  type CelContext,
  type CelEvaluator,
  type CelNode,
  type CelType,
  type NodeCheck,
  type NodeEvaluate,
} from "@/core/expression/cel-node";
import { costOf } from "@/core/expression/call-cost";
import { expressionLimits } from "@/core/expression/limits";
import { jsonOperators, tooManyItems, tooMuchText } from "@/core/expression/operators";
import { isMissing } from "@/core/expression/problem";
import { prepareRunAddress } from "@/core/expression/run-address";
import { safeData } from "@/core/expression/safe-data";
import { matchPattern } from "@/core/expression/match-pattern";
import { join, replace } from "@/core/expression/function-text";
import { toTime } from "@/core/expression/function-time";
import { charactersIn, textMethods } from "@/core/expression/text-methods";

/** A node that keeps the last evaluation's data alive until it is released. */
export type HoldingNode = CelNode;

/**
 * Gives a parsed tree our semantics, in place, before its first check: JSON numbers, branches of any type, names that
 * are not hidden by CEL's type names, `has()` that never fails, and calls that pay for the text and lists they walk.
 * Answers with the nodes whose data must be released after each evaluation.
 */
export function prepareAst(root: CelNode): HoldingNode[] {
  const holding: HoldingNode[] = [];
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const comprehension = comprehensionOf(node);
    if (comprehension) holding.push(node);
    prepareNode(node);
    // The variable of a comprehension is a name, not something to read.
    pending.push(...(comprehension ? [...comprehension.outside, ...comprehension.inside] : childNodes(node)));
  }
  return holding;
}

function prepareNode(node: CelNode): void {
  if (node.op in jsonOperators) prepareOperator(node);
  else if (node.op === "?:") node.setMeta("check", checkTernary).setMeta("evaluate", evaluateTernary);
  else if (node.op === "id" && typeof node.args === "string" && typeNames.has(node.args))
    node.setMeta("check", checkDynamic).setMeta("evaluate", evaluateTypeName);
  else if (node.op === "value" && isUnsigned(node.args)) node.args = node.args.valueOf();
  else if (node.op === "call" || node.op === "rcall") prepareCall(node);
}

function prepareOperator(node: CelNode): void {
  const tested = nullTested(node);
  node.setMeta("evaluate", tested === null ? evaluateOperator : nullTest(tested, node.op === "=="));
  if (!comparisons.has(node.op)) return;
  const original = node.meta.check;
  node.setMeta("check", (checker: CelChecker, self: CelNode, context: CelContext) =>
    checkComparison(original, checker, self, context),
  );
}

const comparisons: ReadonlySet<string> = new Set(["==", "!=", "in"]);

/** `1 == 1.0` and `[1] == [1.0]` are fine: JSON has one kind of number, and lists and objects are compared by content. */
function checkComparison(original: NodeCheck, checker: CelChecker, node: CelNode, context: CelContext): CelType {
  try {
    return original(checker, node, context);
  } catch (error) {
    const [left, right] = childNodes(node).map((child) => kindOf(checker.check(child, context)));
    if (left === right && left !== undefined && jsonKinds.has(left)) return checker.boolType;
    if (node.op === "in" && right === "list") return checker.boolType;
    throw error;
  }
}

const jsonKinds: ReadonlySet<string> = new Set(["number", "list", "map"]);

function kindOf({ kind, name }: CelType): string {
  const word = name ?? kind;
  if (/^(int|uint|double)$/.test(word)) return "number";
  return /^(list|map)\b/.exec(word)?.[0] ?? word;
}

/** What is compared with a written `null`: asking whether something is there must not fail because it is not. */
function nullTested(node: CelNode): CelNode | null {
  if (node.op !== "==" && node.op !== "!=") return null;
  const [left, right] = childNodes(node);
  const isNull = (side: CelNode | undefined): boolean => side?.op === "value" && side.args === null;
  if (isNull(right)) return left ?? null;
  return isNull(left) ? (right ?? null) : null;
}

function nullTest(tested: CelNode, whenNull: boolean): NodeEvaluate {
  return (evaluator, _node, context) => {
    const value = orNull(() => evaluator.run(tested, context));
    return (value === null || value === undefined) === whenNull;
  };
}

function prepareCall(node: CelNode): void {
  if (prepareRunAddress(node)) return;
  const macro = node.meta.macro;
  if (macro) {
    if (node.op === "call" && functionName(node) === "has") {
      const original = macro.evaluate;
      macro.evaluate = (evaluator, self, context) => orNull(() => original(evaluator, self, context)) ?? false;
    }
    return;
  }
  if (node.meta.alternate) return;
  node.setMeta("evaluate", evaluateCall);
}

/** CEL's type constants. Data under one of these names wins over the constant. */
export const typeNames: ReadonlySet<string> = new Set([
  "bool",
  "int",
  "uint",
  "double",
  "string",
  "bytes",
  "list",
  "map",
  "null_type",
  "type",
]);

function checkDynamic(checker: CelChecker) {
  return checker.dynType;
}

function evaluateTypeName(_evaluator: CelEvaluator, node: CelNode, context: CelContext): unknown {
  const name = String(node.args);
  return context.getValue(name) ?? context.getVariable(name)?.value;
}

function evaluateOperator(evaluator: CelEvaluator, node: CelNode, context: CelContext): unknown {
  const { left, right, handle } = node;
  if (!left || !right)
    throw evaluator.createError("internal", "the expression was not checked before it was evaluated", node);
  const a = plainNumber(evaluator.run(left, context));
  const b = plainNumber(evaluator.run(right, context));
  const result = jsonOperators[node.op]?.(a, b);
  if (result !== undefined) return result;
  if (handle) return handle.call(node, a, b, node, evaluator);
  throw evaluator.createError("bad_operands", `\`${node.op}\` does not work between these values`, node);
}

function checkTernary(checker: CelChecker, node: CelNode, context: CelContext) {
  const [condition, yes, no] = childNodes(node);
  if (!condition || !yes || !no) return checker.dynType;
  if (!checker.check(condition, context).isDynOrBool()) {
    throw checker.createError("bad_condition", "The part before `?` must be true or false", condition);
  }
  const type = checker.check(yes, context);
  return type.unify(checker.registry, checker.check(no, context)) ?? checker.dynType;
}

function evaluateTernary(evaluator: CelEvaluator, node: CelNode, context: CelContext): unknown {
  const [condition, yes, no] = childNodes(node);
  if (!condition || !yes || !no) return null;
  const answer = evaluator.run(condition, context);
  if (typeof answer !== "boolean")
    throw evaluator.createError("bad_condition", "The part before `?` must be true or false", condition);
  return evaluator.run(answer ? yes : no, context);
}

function evaluateCall(evaluator: CelEvaluator, node: CelNode, context: CelContext): unknown {
  const nodes = node.op === "rcall" ? node.receiverWithArgs : functionArguments(node);
  const name = functionName(node);
  const args = (nodes ?? []).map((argument) => evaluator.run(argument, context));
  charge(costOf(name, args));
  if (name === "matches" && node.op === "rcall") return matchPattern(args[0], args[1]);
  const result = ownMethod(node, name, args) ?? handled(node, args, evaluator);
  if (typeof result === "string" && result.length > expressionLimits.resultCharacters) throw tooMuchText;
  if (Array.isArray(result) && result.length > expressionLimits.listItems) throw tooManyItems;
  // `bytes.json()` brings data in from text.
  return name === "json" && node.op === "rcall" ? safeData(result) : result;
}

/** Functions of the language that are ours for some values. */
const functions: Readonly<Record<string, (value: unknown) => unknown>> = {
  size: (value) => (typeof value === "string" ? charactersIn(value) : undefined),
  timestamp: (value) => (typeof value === "string" ? toTime("timestamp", value) : undefined),
};

/** Undefined when the language's own method is to be taken. */
function ownMethod(node: CelNode, name: string, [receiver, ...rest]: readonly unknown[]): unknown {
  if (node.op === "call") return Object.hasOwn(functions, name) ? functions[name]?.(receiver) : undefined;
  // `list.join` takes items of any kind, as our function does.
  if (name === "join" && Array.isArray(receiver)) return join(receiver, rest[0] ?? "");
  if (typeof receiver !== "string") return undefined;
  if (name === "size") return charactersIn(receiver);
  if (name === "replace") return replace(receiver, rest[0], rest[1]);
  return Object.hasOwn(textMethods, name) ? textMethods[name]?.(receiver, rest) : undefined;
}

function handled(node: CelNode, args: unknown[], evaluator: CelEvaluator): unknown {
  return node.op === "rcall" ? node.handle?.(args, evaluator, node) : node.handle?.(args, node, evaluator);
}

function functionName(node: CelNode): string {
  return Array.isArray(node.args) ? String(node.args[0]) : "";
}

function functionArguments(node: CelNode): CelNode[] {
  const list: unknown = Array.isArray(node.args) ? node.args[1] : [];
  return Array.isArray(list) ? list.filter(isCelNode) : [];
}

function orNull(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    chargeForError();
    if (isMissing(error)) return null;
    throw error;
  }
}

function plainNumber(value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

function isUnsigned(value: unknown): value is { valueOf(): bigint } {
  return (
    typeof value === "object" && value !== null && !(value instanceof Uint8Array) && typeof value.valueOf() === "bigint"
  );
}
