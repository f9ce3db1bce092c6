import {
  isCelNode,
  type CelChecker,
  type CelContext,
  type CelEvaluator,
  type CelNode,
} from "@/core/expression/cel-node";

/** The step that `run.callback('w')` names, as written; null for every other node. */
export function callbackStepNode(node: CelNode): (CelNode & { args: string }) | null {
  const step = callbackArgument(node);
  return isText(step) ? step : null;
}

/**
 * Makes `run.callback('w')` read the address from `run.callback`, where the engine puts those of the steps that are named;
 * null where there is no run yet. Answers whether the node is such a call.
 */
export function prepareRunCallback(node: CelNode): boolean {
  if (!isRunCallback(node)) return false;
  node.setMeta("check", check).setMeta("evaluate", evaluate);
  return true;
}

function check(checker: CelChecker, node: CelNode): unknown {
  if (callbackStepNode(node) !== null) return checker.dynType;
  throw checker.createError(
    "bad_callback",
    "`run.callback` takes the id of one step in quotes, e.g. run.callback('wait_for_payment')",
    node,
  );
}

function evaluate(_evaluator: CelEvaluator, node: CelNode, context: CelContext): unknown {
  const step = callbackStepNode(node);
  const run = context.getValue("run");
  const addresses = isRecord(run) ? run["callback"] : null;
  return step !== null && isRecord(addresses) && Object.hasOwn(addresses, step.args) ? addresses[step.args] : null;
}

function isRunCallback(node: CelNode): boolean {
  const [name, receiver] = partsOf(node);
  return name === "callback" && isCelNode(receiver) && receiver.op === "id" && receiver.args === "run";
}

function callbackArgument(node: CelNode): unknown {
  if (!isRunCallback(node)) return null;
  const given: unknown = partsOf(node)[2];
  const list: readonly unknown[] = Array.isArray(given) ? given : [];
  return list.length === 1 ? list[0] : null;
}

function partsOf(node: CelNode): readonly unknown[] {
  return node.op === "rcall" && Array.isArray(node.args) ? node.args : [];
}

function isText(value: unknown): value is CelNode & { args: string } {
  return isCelNode(value) && value.op === "value" && typeof value.args === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
