import { charge } from "@/core/expression/budget";
import { expressionLimits } from "@/core/expression/limits";
import { ExpressionProblem } from "@/core/expression/problem";

/**
 * The operators on JSON values: every number is a double, so `10 / 4` is 2.5 and `index + 1` needs no conversion.
 * `undefined` means: not JSON values, let CEL decide (timestamps, durations, bytes, and its own type errors).
 */
export const jsonOperators: Readonly<Record<string, (left: unknown, right: unknown) => unknown>> = {
  "+": add,
  "-": (left, right) => (typeof left === "number" && typeof right === "number" ? left - right : undefined),
  "*": (left, right) => (typeof left === "number" && typeof right === "number" ? left * right : undefined),
  "/": (left, right) => (typeof left === "number" && typeof right === "number" ? left / nonZero(right) : undefined),
  "%": (left, right) => (typeof left === "number" && typeof right === "number" ? left % nonZero(right) : undefined),
  "<": compareWith((order) => order < 0),
  "<=": compareWith((order) => order <= 0),
  ">": compareWith((order) => order > 0),
  ">=": compareWith((order) => order >= 0),
  "==": (left, right) => sameValue(left, right),
  "!=": (left, right) => {
    const same = sameValue(left, right);
    return same === undefined ? undefined : !same;
  },
  in: contains,
};

/** Deep equality of JSON values; `undefined` when either holds something that is not JSON. */
export function sameValue(left: unknown, right: unknown): boolean | undefined {
  charge(1);
  const a = typeof left === "bigint" ? Number(left) : left;
  const b = typeof right === "bigint" ? Number(right) : right;
  if (a === b) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object")
    return isOpaque(a) && isOpaque(b) ? undefined : false;
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) ? sameLists(a, b) : false;
  if (isOpaque(a) || isOpaque(b)) return isOpaque(a) && isOpaque(b) ? undefined : false;
  return sameObjects(a, b);
}

/** Timestamps, durations, bytes, types: CEL compares those. */
function isOpaque(value: unknown): boolean {
  if (typeof value === "symbol") return true;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== null && prototype !== Object.prototype;
}

function sameLists(a: readonly unknown[], b: readonly unknown[]): boolean | undefined {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const same = sameValue(a[i], b[i]);
    if (same !== true) return same;
  }
  return true;
}

function sameObjects(a: object, b: object): boolean | undefined {
  const left = Object.entries(a);
  if (left.length !== Object.keys(b).length) return false;
  for (const [key, value] of left) {
    if (!Object.hasOwn(b, key)) return false;
    const same = sameValue(value, Reflect.get(b, key));
    if (same !== true) return same;
  }
  return true;
}

function add(left: unknown, right: unknown): unknown {
  if (typeof left === "number" && typeof right === "number") return left + right;
  if (typeof left === "string" && typeof right === "string") {
    if (left.length + right.length > expressionLimits.resultCharacters) throw tooMuchText;
    charge((left.length + right.length) >>> 8);
    return left + right;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    if (left.length + right.length > expressionLimits.listItems) throw tooManyItems;
    charge((left.length + right.length) >>> 3);
    const joined: unknown[] = left.concat(right);
    return joined;
  }
  return undefined;
}

export const tooMuchText = new ExpressionProblem(
  "expression_limit",
  "The expression builds more than a million characters of text. Shorten what it joins.",
);
export const tooManyItems = new ExpressionProblem(
  "expression_limit",
  `The expression builds a list of more than ${expressionLimits.listItems.toLocaleString("en-US")} items. Filter it first.`,
);

function contains(item: unknown, collection: unknown): boolean | undefined {
  if (Array.isArray(collection)) {
    charge(collection.length >>> 3);
    return collection.some((member) => sameValue(item, member) === true);
  }
  if (typeof collection === "string") {
    if (typeof item !== "string") return undefined;
    charge((collection.length * Math.max(1, item.length)) >>> 8);
    return collection.includes(item);
  }
  if (typeof collection === "object" && collection !== null && !isOpaque(collection))
    return Object.hasOwn(collection, String(item));
  return undefined;
}

function compareWith(decide: (order: number) => boolean): (left: unknown, right: unknown) => boolean | undefined {
  return (left, right) => {
    // Subtraction would make two infinities unordered; texts are compared by code units, the same on every machine.
    if (typeof left === "number" && typeof right === "number")
      return decide(left < right ? -1 : left > right ? 1 : left === right ? 0 : NaN);
    if (typeof left === "string" && typeof right === "string") return decide(left < right ? -1 : left > right ? 1 : 0);
    return undefined;
  };
}

function nonZero(divisor: number): number {
  if (divisor === 0)
    throw new ExpressionProblem(
      "bad_expression",
      "The expression divides by zero. Test the divisor first, e.g. `n != 0 ? total / n : 0`.",
    );
  return divisor;
}
