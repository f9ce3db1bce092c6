import type { Json } from "@/core/json";
import { childNodes, comprehensionOf, isCelNode, type CelNode } from "@/core/expression/cel-node";
import { compile } from "@/core/expression/program";
import { addressNode } from "@/core/expression/run-address";
import { parseTemplate } from "@/core/expression/template-syntax";

/** The expression with `step.<old>` as `step.<new>`: CEL text or a JSON-logic object. What cannot be read stays as it is. */
export function renameStepsInExpression(source: Json, names: ReadonlyMap<string, string>): Json {
  if (typeof source === "string") return renameInText(source, names);
  return renameInLogic(source, names, 0);
}

/** The same for every `${…}` in a value, at any depth. */
export function renameStepsInTemplates(value: Json, names: ReadonlyMap<string, string>): Json {
  if (typeof value === "string") return renameInTemplate(value, names);
  if (Array.isArray(value)) return value.map((item) => renameStepsInTemplates(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renameStepsInTemplates(item, names)]));
}

function renameInTemplate(text: string, names: ReadonlyMap<string, string>): string {
  const template = parseTemplate(text);
  if (!template.ok) return text;
  let result = text;
  // From the end, so that the places of the earlier parts stay right.
  for (const part of [...template.parts].reverse()) {
    if (part.kind !== "expression") continue;
    const start = part.at + 2;
    result = result.slice(0, start) + renameInText(part.source, names) + result.slice(start + part.source.length);
  }
  return result;
}

interface Place {
  start: number;
  end: number;
  text: string;
}

function renameInText(source: string, names: ReadonlyMap<string, string>): string {
  const compiled = compile(source);
  const ast = compiled.ok ? compiled.program.ast : compiled.ast;
  if (ast === undefined) return source;
  const places: Place[] = [];
  collect(ast, source, names, places);
  return places
    .sort((left, right) => right.start - left.start)
    .reduce((text, place) => text.slice(0, place.start) + place.text + text.slice(place.end), source);
}

const accesses: ReadonlySet<string> = new Set([".", ".?", "[]", "[?]"]);

function collect(node: CelNode, source: string, names: ReadonlyMap<string, string>, places: Place[]): void {
  const comprehension = comprehensionOf(node);
  if (comprehension) {
    for (const child of comprehension.outside) collect(child, source, names, places);
    // A comprehension over a variable called `step` hides the steps.
    if (comprehension.variable === "step") return;
    for (const child of comprehension.inside) collect(child, source, names, places);
    return;
  }
  const place = accesses.has(node.op) ? stepName(node, source, names) : null;
  if (place !== null) places.push(place);
  const address = addressNode(node);
  const renamed = address === null ? undefined : names.get(address.step.args);
  if (address !== null && renamed !== undefined)
    places.push({ start: address.step.start, end: address.step.end, text: JSON.stringify(renamed) });
  for (const child of childNodes(node)) collect(child, source, names, places);
}

/** Where `step.x`, `step.?x` or `step["x"]` says x. */
function stepName(node: CelNode, source: string, names: ReadonlyMap<string, string>): Place | null {
  const parts: readonly unknown[] = Array.isArray(node.args) ? node.args : [];
  const [left, key] = parts;
  if (!isCelNode(left) || left.op !== "id" || left.args !== "step") return null;
  if (typeof key === "string") {
    const start = source.lastIndexOf(key, node.end - key.length);
    const renamed = names.get(key);
    return renamed === undefined || start < left.end ? null : { start, end: start + key.length, text: renamed };
  }
  if (!isCelNode(key) || key.op !== "value" || typeof key.args !== "string") return null;
  const renamed = names.get(key.args);
  return renamed === undefined ? null : { start: key.start, end: key.end, text: JSON.stringify(renamed) };
}

const pathOperators: ReadonlySet<string> = new Set(["var", "missing", "missing_some"]);

function renameInLogic(logic: Json, names: ReadonlyMap<string, string>, depth: number): Json {
  if (depth > 100 || typeof logic !== "object" || logic === null) return logic;
  if (Array.isArray(logic)) return logic.map((item) => renameInLogic(item, names, depth + 1));
  return Object.fromEntries(
    Object.entries(logic).map(([operator, value]) => [
      operator,
      pathOperators.has(operator) ? renameInPaths(value, names) : renameInLogic(value, names, depth + 1),
    ]),
  );
}

function renameInPaths(value: Json, names: ReadonlyMap<string, string>): Json {
  if (Array.isArray(value)) return value.map((item) => renameInPaths(item, names));
  if (typeof value !== "string") return value;
  const [root, id, ...rest] = value.split(".");
  const renamed = id === undefined ? undefined : names.get(id);
  return root === "step" && renamed !== undefined ? [root, renamed, ...rest].join(".") : value;
}
