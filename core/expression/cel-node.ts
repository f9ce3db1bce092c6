/**
 * The parts of the CEL library's syntax tree and evaluator that this folder relies on. The library's version is pinned
 * exactly; its own types leave these out.
 */
export interface CelNode {
  op: string;
  args: unknown;
  start: number;
  end: number;
  readonly input: string;
  readonly meta: { alternate?: CelNode; macro?: { evaluate: NodeEvaluate }; check: NodeCheck; evaluate: NodeEvaluate };
  evaluate(evaluator: CelEvaluator, node: CelNode, context: CelContext): unknown;
  setMeta(key: string, value: unknown): CelNode;
  // Set by the type check.
  left?: CelNode;
  right?: CelNode;
  receiverWithArgs?: CelNode[];
  handle?(...args: unknown[]): unknown;
}

export interface CelContext {
  getValue(name: string): unknown;
  getVariable(name: string): { value?: unknown; constant: boolean } | undefined;
  reuse?(parent: CelContext): CelContext;
  accuValue?: unknown;
  iterValue?: unknown;
}

export interface CelType {
  kind: string;
  name?: string;
  isDynOrBool(): boolean;
  unify(registry: unknown, other: CelType): CelType | null;
}

export interface CelChecker {
  dynType: CelType;
  boolType: CelType;
  registry: unknown;
  check(node: CelNode, context: CelContext): CelType;
  createError(code: string, message: string, node: CelNode): Error;
}

export interface CelEvaluator {
  run(node: CelNode, context: CelContext): unknown;
  tryEval(node: CelNode, context: CelContext): unknown;
  debugType(value: unknown): CelType;
  debugTypeDeep(value: unknown): CelType;
  createError(code: string, message: string, node: CelNode): Error;
}

export type NodeEvaluate = (evaluator: CelEvaluator, node: CelNode, context: CelContext) => unknown;
export type NodeCheck = (checker: CelChecker, node: CelNode, context: CelContext) => CelType;

export function isCelNode(value: unknown): value is CelNode {
  return typeof value === "object" && value !== null && "op" in value && "args" in value && "setMeta" in value;
}

/** The nodes directly below this one, in source order, whatever shape the operator keeps them in. */
export function childNodes(node: CelNode): CelNode[] {
  return collect(node.args, []);
}

function collect(args: unknown, into: CelNode[]): CelNode[] {
  if (isCelNode(args)) into.push(args);
  else if (Array.isArray(args)) for (const item of args) collect(item, into);
  return into;
}

/** `map`, `filter` … with a variable of their own: the receiver, the variable's name and where it is visible. */
export function comprehensionOf(
  node: CelNode,
): { receiver: CelNode | null; variable: string; outside: CelNode[]; inside: CelNode[] } | null {
  if (node.op !== "rcall" || !Array.isArray(node.args)) return null;
  const parts: readonly unknown[] = node.args;
  const [name, receiver, args] = parts;
  if (typeof name !== "string" || !isCelNode(receiver) || !Array.isArray(args)) return null;
  const [variable, ...rest] = args.filter(isCelNode);
  if (variable?.op !== "id" || typeof variable.args !== "string") return null;
  if (name === "bind" && receiver.op === "id" && receiver.args === "cel" && rest.length === 2) {
    return { receiver: null, variable: variable.args, outside: rest.slice(0, 1), inside: rest.slice(1) };
  }
  const arity = comprehensionArity[name];
  if (!arity?.includes(args.length)) return null;
  return { receiver, variable: variable.args, outside: [receiver], inside: rest };
}

const comprehensionArity: Partial<Record<string, readonly number[]>> = {
  all: [2],
  exists: [2],
  exists_one: [2],
  map: [2, 3],
  filter: [2],
};
