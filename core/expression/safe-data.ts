import { expressionLimits } from "@/core/expression/limits";
import type { Json } from "@/core/json";

/** Keys that expressions never see and results never contain: they reach the prototype chain. */
export const unsafeKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Stands where data goes deeper than expressions read. Reading around it works; using it is an error. */
export const dataTooDeep: unique symbol = Symbol("data too deep");

/** Data is scanned once per object, not once per evaluation. */
const scanned = new WeakMap<object, unknown>();

/**
 * The same data without unsafe keys; the very same object when it has none, which is nearly always. A key named
 * `constructor` would also confuse the CEL evaluator, which tells objects from other values by their constructor.
 * Data must not be changed after it was given here.
 */
export function safeData(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return visit(value, 0);
  const known = scanned.get(value);
  if (known !== undefined) return known;
  const safe = visit(value, 0);
  scanned.set(value, safe);
  return safe;
}

function visit(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
    case "bigint":
      return value;
    case "object":
      break;
    default:
      return null;
  }
  if (value === null || value instanceof Date || value instanceof Uint8Array) return value;
  if (depth >= expressionLimits.dataDepth) return dataTooDeep;
  return Array.isArray(value) ? visitList(value, depth) : visitObject(value, depth);
}

function visitList(list: readonly unknown[], depth: number): unknown {
  let copy: unknown[] | null = null;
  for (let i = 0; i < list.length; i++) {
    const safe = visit(list[i], depth + 1);
    if (copy) copy.push(safe);
    else if (safe !== list[i]) copy = [...list.slice(0, i), safe];
  }
  return copy ?? list;
}

function visitObject(object: object, depth: number): unknown {
  const prototype: unknown = Object.getPrototypeOf(object);
  let changed = prototype !== null && prototype !== Object.prototype;
  const entries = Object.entries(object);
  const safeEntries: [string, unknown][] = [];
  for (const [key, value] of entries) {
    if (unsafeKeys.has(key)) {
      changed = true;
      continue;
    }
    const safe = visit(value, depth + 1);
    if (safe !== value) changed = true;
    safeEntries.push([key, safe]);
  }
  return changed ? Object.fromEntries(safeEntries) : object;
}

/** Names of fields anywhere in data from outside that expressions never see, each once. */
export function unreadableNames(data: Json): string[] {
  const found = new Set<string>();
  const open: Json[] = [data];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null) continue;
    if (!Array.isArray(value)) for (const name of Object.keys(value)) if (unsafeKeys.has(name)) found.add(name);
    for (const inner of Object.values(value)) if (typeof inner === "object" && inner !== null) open.push(inner);
  }
  return [...found].sort();
}
