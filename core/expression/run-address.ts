import {
  isCelNode,
  type CelChecker,
  type CelContext,
  type CelEvaluator,
  type CelNode,
} from "@/core/expression/cel-node";

/** What a run gives addresses of: `callback`: where a wait is called; `form`: the page of a form. */
export type AddressKind = "callback" | "form";

/** The step that `run.callback('w')` or `run.form('w')` names, as written; null for every other node. */
export function addressNode(node: CelNode): { kind: AddressKind; step: CelNode & { args: string } } | null {
  const kind = addressKind(node);
  const given: unknown = partsOf(node)[2];
  const list: readonly unknown[] = Array.isArray(given) ? given : [];
  const [step] = list;
  return kind !== null && list.length === 1 && isText(step) ? { kind, step } : null;
}

/**
 * Makes `run.callback('w')` and `run.form('w')` read the address from `run.callback` and `run.form`, where the engine puts those of
 * the steps that are named; null where there is no run yet. Answers whether the node is such a call.
 */
export function prepareRunAddress(node: CelNode): boolean {
  if (addressKind(node) === null) return false;
  node.setMeta("check", check).setMeta("evaluate", evaluate);
  return true;
}

const examples: Record<AddressKind, string> = {
  callback: "run.callback('wait_for_payment')",
  form: "run.form('ask_for_details')",
};

function check(checker: CelChecker, node: CelNode): unknown {
  if (addressNode(node) !== null) return checker.dynType;
  const kind = addressKind(node) ?? "callback";
  throw checker.createError(
    "bad_address",
    `\`run.${kind}\` takes the id of one step in quotes, e.g. ${examples[kind]}`,
    node,
  );
}

function evaluate(_evaluator: CelEvaluator, node: CelNode, context: CelContext): unknown {
  const address = addressNode(node);
  const run = context.getValue("run");
  const addresses = address !== null && isRecord(run) ? run[address.kind] : null;
  return address !== null && isRecord(addresses) && Object.hasOwn(addresses, address.step.args)
    ? addresses[address.step.args]
    : null;
}

function addressKind(node: CelNode): AddressKind | null {
  const [name, receiver] = partsOf(node);
  const isOfRun = isCelNode(receiver) && receiver.op === "id" && receiver.args === "run";
  return isOfRun && (name === "callback" || name === "form") ? name : null;
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
