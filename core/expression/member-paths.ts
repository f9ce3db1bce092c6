import { childNodes, comprehensionOf, isCelNode, type CelNode } from "@/core/expression/cel-node";
import { compile } from "@/core/expression/program";

/**
 * What an expression reads below its root names, as far as the keys are written out: `request.headers["x-id"] + trigger.a` gives
 * `[["request", "headers", "x-id"], ["trigger", "a"]]`. Empty when the expression cannot be parsed.
 */
export function memberPaths(source: unknown): string[][] {
  const compiled = compile(source);
  const ast = compiled.ok ? compiled.program.ast : compiled.ast;
  const found: string[][] = [];
  if (ast) walk(ast, found, new Set());
  return found;
}

function walk(node: CelNode, found: string[][], bound: ReadonlySet<string>): void {
  const comprehension = comprehensionOf(node);
  if (comprehension) {
    for (const child of comprehension.outside) walk(child, found, bound);
    const inner = new Set([...bound, comprehension.variable]);
    for (const child of comprehension.inside) walk(child, found, inner);
    return;
  }
  const path = pathOf(node);
  if (path !== null) {
    if (!bound.has(path[0] ?? "")) found.push(path);
    return;
  }
  for (const child of childNodes(node)) walk(child, found, bound);
}

const accesses: ReadonlySet<string> = new Set([".", ".?", "[]", "[?]"]);

/** Null for what is no chain of written-out names. */
function pathOf(node: CelNode): string[] | null {
  if (node.op === "id") return typeof node.args === "string" ? [node.args] : null;
  if (!accesses.has(node.op) || !Array.isArray(node.args)) return null;
  const parts: readonly unknown[] = node.args;
  const [left, key] = parts;
  const before = isCelNode(left) ? pathOf(left) : null;
  const name = typeof key === "string" ? key : isCelNode(key) && key.op === "value" ? key.args : null;
  return before !== null && typeof name === "string" ? [...before, name] : null;
}
