import type { Json, JsonObject } from "@/core/json";
import type { Condition } from "./condition";

type Roots = Partial<Record<"event" | "async", JsonObject>>;

/**
 * Is the condition true for these events? What is absent counts as null, values of different types are unequal and not
 * ordered, null is below everything: so the real server behaves. A result that is not a boolean counts as false.
 */
export function holds(condition: Condition, roots: Roots): boolean {
  return valueOf(condition, roots) === true;
}

/** The condition's value, e.g. of an idempotency or concurrency key. */
export function valueOf(condition: Condition, roots: Roots): Json {
  switch (condition.op) {
    case "literal":
      return condition.value;
    case "list":
      return condition.items.map((item) => valueOf(item, roots));
    case "path":
      return read(roots[condition.root] ?? null, condition.path);
    case "not":
      return valueOf(condition.of, roots) !== true;
    case "choose":
      return valueOf(valueOf(condition.test, roots) === true ? condition.then : condition.otherwise, roots);
    case "and":
      return valueOf(condition.left, roots) === true && valueOf(condition.right, roots) === true;
    case "or":
      return valueOf(condition.left, roots) === true || valueOf(condition.right, roots) === true;
    default:
      return comparisons[condition.op](valueOf(condition.left, roots), valueOf(condition.right, roots));
  }
}

/** Replaces every `event.…` by its value: what is left depends on the incoming event only. */
export function bind(condition: Condition, event: JsonObject): Condition {
  switch (condition.op) {
    case "literal":
      return condition;
    case "path":
      return condition.root === "event" ? { op: "literal", value: read(event, condition.path) } : condition;
    case "list":
      return { op: "list", items: condition.items.map((item) => bind(item, event)) };
    case "not":
      return { op: "not", of: bind(condition.of, event) };
    case "choose":
      return {
        op: "choose",
        test: bind(condition.test, event),
        then: bind(condition.then, event),
        otherwise: bind(condition.otherwise, event),
      };
    default:
      return { op: condition.op, left: bind(condition.left, event), right: bind(condition.right, event) };
  }
}

const comparisons: Record<"==" | "!=" | "<" | "<=" | ">" | ">=" | "in", (left: Json, right: Json) => boolean> = {
  "==": same,
  "!=": (left, right) => !same(left, right),
  "<": below,
  "<=": (left, right) => below(left, right) || same(left, right),
  ">": (left, right) => below(right, left),
  ">=": (left, right) => below(right, left) || same(left, right),
  in: (left, right) => Array.isArray(right) && right.some((item) => same(left, item)),
};

function same(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (left === null || right === null || typeof left !== "object" || typeof right !== "object") return false;
  if (Array.isArray(left))
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => same(item, right[index] ?? null))
    );
  if (Array.isArray(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && same(left[key] ?? null, right[key] ?? null))
  );
}

function below(left: Json, right: Json): boolean {
  if (left === null) return right !== null;
  return (
    (typeof left === "number" && typeof right === "number" && left < right) ||
    (typeof left === "string" && typeof right === "string" && left < right)
  );
}

function read(root: Json, path: readonly (string | number)[]): Json {
  let value: Json = root;
  for (const step of path) {
    if (value === null || typeof value !== "object") return null;
    if (Array.isArray(value)) value = typeof step === "number" ? (value[step] ?? null) : null;
    else value = Object.hasOwn(value, step) ? (value[step] ?? null) : null;
  }
  return value;
}
