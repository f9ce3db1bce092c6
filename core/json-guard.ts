import type { Json, JsonObject } from "@/core/json";

/** Deeper documents are refused: everything that walks them recursively stays far from the end of the stack. */
export const maxNesting = 100;

/**
 * Why a value cannot be a document: it is not JSON, or nested too deep. Null when it is fine. Never recurses. `depth`: how
 * deep the value itself stands.
 */
export function jsonProblem(root: unknown, depth = 0): "not_json" | "too_deep" | null {
  const open: { value: unknown; depth: number }[] = [{ value: root, depth }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value } = next;
    if (
      value === null ||
      typeof value === "string" ||
      typeof value === "boolean" ||
      (typeof value === "number" && Number.isFinite(value))
    )
      continue;
    if (typeof value !== "object") return "not_json";
    if (next.depth >= maxNesting) return "too_deep";
    for (const child of Array.isArray(value) ? value : Object.values(value))
      open.push({ value: child, depth: next.depth + 1 });
  }
  return null;
}

/** True for an object that came from JSON (arrays and null are not). Nothing is said about its fields. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An own field, or undefined. Never reads the prototype. */
export function ownField(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Structural equality; the order of keys does not matter. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left))
    return (
      Array.isArray(right) && left.length === right.length && left.every((item, index) => sameJson(item, right[index]))
    );
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  );
}

/** The object without some of its keys; own `__proto__` keys survive as plain fields. */
export function withoutKeys(object: JsonObject, keys: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.has(key)));
}
