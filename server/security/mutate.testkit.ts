import type { Dice } from "./dice.testkit";

type Tree = unknown;

/** What no author means, of every kind that a reader of documents may trip over. */
const odd: readonly ((dice: Dice) => unknown)[] = [
  () => null,
  () => true,
  () => 0,
  () => -1,
  () => 1e308,
  () => Number.MAX_SAFE_INTEGER + 2,
  () => "",
  () => " ",
  () => [],
  () => ({}),
  () => "x".repeat(20_000),
  () => "a\u0000b",
  () => "\ud800",
  () => "‮evil",
  () => "${",
  () => "${trigger.__proto__}",
  () => "${input.a.map(x, input.a.map(y, x))}",
  () => "${'a'.matches('(a+)+$')}",
  () => "{{ constructor }}",
  () => "../../etc/passwd",
  () => "<script>alert(1)</script>",
  () => "role:owner",
  () => "user:nobody@nowhere.test",
  () => ({ $ref: "#" }),
  () => ({ type: "object", properties: { a: { $ref: "#/properties/a" } } }),
  () => ({ pattern: "^(a|a)*$", type: "string" }),
  () => [[[[[[[[[[]]]]]]]]]],
  (dice) => Array.from({ length: 1 + dice.below(300) }, (_, index) => index),
  (dice) => Object.fromEntries(Array.from({ length: 1 + dice.below(100) }, (_, index) => [`k${index}`, index])),
  () => deep(150),
  () => deep(400),
];

const oddKeys = [
  "",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "a.b",
  "a]",
  "[0]",
  "${1+",
  "\u0000",
  "type",
  "id",
  "nodes",
  "then",
  "body",
  "onError",
  "inputSchema",
] as const;

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** The document with some of its places changed: replaced, taken away, doubled, renamed, or swapped with another place. */
export function mutate(document: Tree, dice: Dice): Tree {
  const copy = structuredClone(document);
  const times = 1 + dice.below(4);
  for (let time = 0; time < times; time += 1) mutateOnce(copy, dice);
  return copy;
}

export function oddValue(dice: Dice): unknown {
  return dice.pick(odd)(dice);
}

function mutateOnce(root: Tree, dice: Dice): void {
  const places = holders(root);
  if (places.length === 0) return;
  const holder = dice.pick(places);
  if (Array.isArray(holder)) mutateList(holder, places, dice);
  else mutateObject(holder, places, dice);
}

function mutateList(list: unknown[], places: readonly Holder[], dice: Dice): void {
  const at = dice.below(list.length + 1);
  dice.pick([
    () => list.splice(at, 1),
    () => list.splice(at, 0, structuredClone(list[dice.below(list.length)] ?? null)),
    () => list.splice(at, 1, oddValue(dice)),
    () => list.reverse(),
    () => list.push(structuredClone(dice.pick(places))),
  ])();
}

function mutateObject(object: Record<string, unknown>, places: readonly Holder[], dice: Dice): void {
  const keys = Object.keys(object);
  const key = keys.length === 0 ? "added" : dice.pick(keys);
  dice.pick<() => void>([
    () => {
      delete object[key];
    },
    () => {
      put(object, key, oddValue(dice));
    },
    () => {
      put(object, dice.pick(oddKeys), oddValue(dice));
    },
    () => {
      put(object, dice.pick(oddKeys), object[key]);
    },
    () => {
      put(object, key, structuredClone(dice.pick(places)));
    },
    () => {
      const value = object[key];
      put(object, key, typeof value === "string" ? `${value.slice(0, 3)}…` : JSON.stringify(value));
    },
  ])();
}

/** `__proto__` becomes a key like any other, so that it is in the JSON text. */
function put(object: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

type Holder = Record<string, unknown> | unknown[];

function holders(root: Tree): Holder[] {
  const found: Holder[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== "object" || value === null) continue;
    found.push(value as Holder);
    open.push(...Object.values(value));
  }
  return found;
}
