import { charge } from "@/core/expression/budget";
import { asList, wrongKind } from "@/core/expression/function-text";
import { jsonOperators, sameValue } from "@/core/expression/operators";
import { ExpressionProblem } from "@/core/expression/problem";

/** A number from a number, a plain decimal text, or true/false (1/0). */
export function number(value: unknown): number {
  if (typeof value === "boolean") return value ? 1 : 0;
  return asNumber("number", value);
}

/** Half away from zero, as people round; with `digits` behind the decimal point. */
export function round(value: unknown, digits: unknown = 0): number {
  const amount = asNumber("round", value);
  const places = Math.trunc(asNumber("round", digits));
  if (Math.abs(places) > 15)
    throw new ExpressionProblem("bad_expression", "`round` takes up to 15 digits, e.g. round(price, 2).");
  // By its decimal digits: 1.005 * 100 is 100.49999999999999.
  const moved = shifted(Math.abs(amount), places);
  return Math.sign(amount) * shifted(Math.round(moved), -places) || 0;
}

function shifted(value: number, by: number): number {
  const [digits = "0", exponent = "0"] = String(value).split("e");
  return Number(`${digits}e${Number(exponent) + by}`);
}

export function floor(value: unknown): number {
  return Math.floor(asNumber("floor", value));
}

export function ceil(value: unknown): number {
  return Math.ceil(asNumber("ceil", value));
}

export function abs(value: unknown): number {
  return Math.abs(asNumber("abs", value));
}

/** `$42.60`: an amount is a plain decimal number, never cents. */
export function money(amount: unknown, currency: unknown = "USD"): string {
  const formatter = typeof currency === "string" ? formatterFor(currency.toUpperCase()) : null;
  if (!formatter)
    throw new ExpressionProblem(
      "bad_expression",
      "`money` needs a currency code of three letters, e.g. money(42.6, 'USD').",
    );
  return formatter.format(asNumber("money", amount));
}

export function sum(list: unknown): number {
  return numbers("sum", [list]).reduce((total, value) => total + value, 0);
}

export function avg(list: unknown): number | null {
  const values = numbers("avg", [list]);
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0) / values.length;
}

export function min(...args: unknown[]): unknown {
  return extreme("min", args, "<");
}

export function max(...args: unknown[]): unknown {
  return extreme("max", args, ">");
}

export function first(list: unknown): unknown {
  return asList("first", list)[0] ?? null;
}

export function last(list: unknown): unknown {
  return asList("last", list).at(-1) ?? null;
}

/** The list without repetitions, in order of first appearance. */
export function unique(list: unknown): unknown[] {
  const scalars = new Set<unknown>();
  const others: unknown[] = [];
  return asList("unique", list).filter((item) => {
    const value = typeof item === "bigint" ? Number(item) : item;
    if (typeof value !== "object" || value === null) return !scalars.has(value) && Boolean(scalars.add(value));
    // Lists and objects are compared one by one; each comparison is charged.
    return !others.some((other) => sameValue(other, value) === true) && others.push(value) > 0;
  });
}

/** Sorted upwards; with a field name, objects are sorted by that field. Items without a value come last. */
export function sort(list: unknown, field?: unknown): unknown[] {
  const items = asList("sort", list);
  charge(Math.ceil(items.length * Math.log2(items.length + 2)));
  const keyed = items.map((item) => ({ item, key: sortKey(item, field) }));
  keyed.sort((a, b) => compareKeys(a.key, b.key));
  return keyed.map(({ item }) => item);
}

function sortKey(item: unknown, field: unknown): unknown {
  const key: unknown =
    typeof field === "string"
      ? typeof item === "object" && item !== null && Object.hasOwn(item, field)
        ? Reflect.get(item, field)
        : null
      : item;
  return typeof key === "bigint" ? Number(key) : key instanceof Date ? key.getTime() : key;
}

function compareKeys(a: unknown, b: unknown): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === "number" && typeof b === "number") return a - b;
  // By code units, not by locale: the order must be the same on every machine.
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
  throw new ExpressionProblem(
    "bad_expression",
    "`sort` needs items that are all numbers or all texts. Name the field to sort by, e.g. sort(items, 'price').",
  );
}

function extreme(name: string, args: readonly unknown[], operator: "<" | ">"): unknown {
  const values: readonly unknown[] = args.length === 1 && Array.isArray(args[0]) ? args[0] : args;
  charge(values.length >>> 3);
  let best: unknown = null;
  for (const item of values) {
    const value: unknown = typeof item === "bigint" ? Number(item) : item;
    const better =
      best === null ? comparableKinds.has(typeof value) || value instanceof Date : compare(value, best, operator);
    if (better === undefined || (best === null && !better))
      throw wrongKind(name, "numbers, texts or times of one kind", value);
    if (better) best = value;
  }
  return best;
}

const comparableKinds: ReadonlySet<string> = new Set(["number", "string"]);

function compare(value: unknown, best: unknown, operator: "<" | ">"): boolean | undefined {
  const times = value instanceof Date && best instanceof Date;
  const result = times
    ? jsonOperators[operator]?.(value.getTime(), best.getTime())
    : jsonOperators[operator]?.(value, best);
  return typeof result === "boolean" ? result : undefined;
}

function numbers(name: string, args: readonly unknown[]): number[] {
  const list = asList(name, args[0]);
  charge(list.length >>> 3);
  return list.map((item) => asNumber(name, item));
}

function asNumber(name: string, value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string" && /^\s*[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})(e[+-]?\d{1,3})?\s*$/i.test(value))
    return Number(value);
  throw wrongKind(name, "a number", value);
}

const formatters = new Map<string, Intl.NumberFormat | null>();

function formatterFor(currency: string): Intl.NumberFormat | null {
  if (!/^[A-Z]{3}$/.test(currency)) return null;
  const known = formatters.get(currency);
  if (known !== undefined) return known;
  const formatter = new Intl.NumberFormat("en-US", { style: "currency", currency });
  if (formatters.size < 300) formatters.set(currency, formatter);
  return formatter;
}
