import { childNodes, comprehensionOf, isCelNode, type CelNode } from "@/core/expression/cel-node";
import { typeNames } from "@/core/expression/prepare-ast";
import { compile } from "@/core/expression/program";
import { addressNode, type AddressKind } from "@/core/expression/run-address";
import { parseTemplate } from "@/core/expression/template-syntax";

/** What an expression reads. */
export interface References {
  /** Ids used as `step.<id>`, each once, in order of appearance. */
  steps: string[];
  /** The same with what is read of them, e.g. `{step: "kyc", part: "output"}`; `step.kyc` alone is not here. */
  parts: { step: string; part: string }[];
  /** Ids used as `run.callback('<id>')` and `run.form('<id>')`. */
  addresses: Record<AddressKind, string[]>;
  /** Whether `step` stands for all steps together, which nobody looks up: `${step}`, `size(step)`, `step[name]`. */
  wholeStep: boolean;
  /** Root identifiers, without the variables of comprehensions and CEL's own constants. */
  names: string[];
}

/** Empty when the expression cannot be parsed; `checkExpression` says why. */
export function expressionReferences(source: unknown): References {
  const found = emptyFindings();
  addExpression(source, found);
  return asReferences(found);
}

/** What all `${…}` in a value read, at any depth. */
export function templateReferences(value: unknown): References {
  const found = emptyFindings();
  addTemplates(value, found, 0);
  return asReferences(found);
}

interface Findings {
  steps: Set<string>;
  parts: Map<string, { step: string; part: string }>;
  addresses: Record<AddressKind, Set<string>>;
  wholeStep: boolean;
  names: Set<string>;
}

function emptyFindings(): Findings {
  return {
    steps: new Set(),
    parts: new Map(),
    addresses: { callback: new Set(), form: new Set() },
    wholeStep: false,
    names: new Set(),
  };
}

function asReferences(found: Findings): References {
  return {
    steps: [...found.steps],
    parts: [...found.parts.values()],
    addresses: { callback: [...found.addresses.callback], form: [...found.addresses.form] },
    wholeStep: found.wholeStep,
    names: [...found.names],
  };
}

function addExpression(source: unknown, found: Findings): void {
  const compiled = compile(source);
  const ast = compiled.ok ? compiled.program.ast : compiled.ast;
  if (ast) walk(ast, found, new Set());
}

function addTemplates(value: unknown, found: Findings, depth: number): void {
  if (depth > 200) return;
  if (typeof value === "string") {
    const template = parseTemplate(value);
    if (template.ok)
      for (const part of template.parts) if (part.kind === "expression") addExpression(part.source, found);
  } else if (Array.isArray(value)) for (const item of value) addTemplates(item, found, depth + 1);
  else if (typeof value === "object" && value !== null)
    for (const member of Object.values(value)) addTemplates(member, found, depth + 1);
}

const constants: ReadonlySet<string> = new Set([...typeNames, "cel", "optional", "google"]);

function walk(node: CelNode, found: Findings, bound: ReadonlySet<string>): void {
  const comprehension = comprehensionOf(node);
  if (comprehension) {
    for (const child of comprehension.outside) walk(child, found, bound);
    const inner = new Set([...bound, comprehension.variable]);
    for (const child of comprehension.inside) walk(child, found, inner);
    return;
  }
  if (node.op === "id" && typeof node.args === "string") {
    if (bound.has(node.args) || constants.has(node.args)) return;
    found.names.add(node.args);
    if (node.args === "step") found.wholeStep = true;
    return;
  }
  const step = bound.has("step") ? null : stepId(node);
  if (step !== null) {
    found.steps.add(step);
    found.names.add("step");
    return;
  }
  const part = bound.has("step") ? null : stepPart(node);
  if (part !== null) found.parts.set(`${part.step}.${part.part}`, part);
  const address = bound.has("run") ? null : addressNode(node);
  if (address !== null) found.addresses[address.kind].add(address.step.args);
  for (const child of childNodes(node)) walk(child, found, bound);
}

const accesses: ReadonlySet<string> = new Set([".", ".?", "[]", "[?]"]);

/** `step.kyc`, `step.?kyc` and `step["kyc"]`. */
function stepId(node: CelNode): string | null {
  const access = accessOf(node);
  return access !== null && access.left.op === "id" && access.left.args === "step" ? access.key : null;
}

/** `step.kyc.output`. */
function stepPart(node: CelNode): { step: string; part: string } | null {
  const access = accessOf(node);
  const step = access === null ? null : stepId(access.left);
  return access === null || step === null ? null : { step, part: access.key };
}

/** What is read of what, where the key is written. */
function accessOf(node: CelNode): { left: CelNode; key: string } | null {
  if (!accesses.has(node.op) || !Array.isArray(node.args)) return null;
  const parts: readonly unknown[] = node.args;
  const [left, key] = parts;
  if (!isCelNode(left)) return null;
  if (typeof key === "string") return { left, key };
  return isCelNode(key) && key.op === "value" && typeof key.args === "string" ? { left, key: key.args } : null;
}
