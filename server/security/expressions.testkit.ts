import { expressionFunctions } from "@/core/expression/functions";
import { languageFunctions } from "@/core/expression/language-words";
import type { Dice } from "./dice.testkit";

const roots = ["trigger", "input", "vars", "run", "contact", "step", "iteration", "env", "product", "x", "nothing"];
const members = [
  "email",
  "items",
  "amount",
  "output",
  "constructor",
  "__proto__",
  "length",
  "price",
  "now",
  "kyc",
  "text",
];
const texts = [
  "",
  "a",
  "0",
  "2027-01-31T09:00:00Z",
  "P1Y2M3DT4H",
  "P999999999Y",
  "Asia/Kathmandu",
  "(a+)+$",
  "^a{0,63}a{0,63}$",
  "💥",
  "yyyy-MM-dd",
  "USD",
  "\\u0000",
  '{\\"a\\":1}',
];
const numbers = [
  "0",
  "1",
  "-1",
  "0.1",
  "1e308",
  "9223372036854775807",
  "9223372036854775808",
  "1u",
  "99999999999999999999",
];
const binary = ["+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||", "in", "?:", "??", "=>", "**"];
const macros = ["map", "filter", "all", "exists", "exists_one"];
const methods = [
  "size",
  "contains",
  "startsWith",
  "matches",
  "split",
  "substring",
  "join",
  "toString",
  "call",
  "orValue",
];
const names = [...expressionFunctions, ...languageFunctions].map(({ name }) => name);

/** Mostly what the grammar allows, now and then not; nested up to `depth`. */
export function expressionText(dice: Dice, depth = 1 + dice.below(6)): string {
  const inner = (): string => expressionText(dice, depth - 1);
  if (depth <= 0) return leaf(dice);
  switch (dice.below(12)) {
    case 0:
      return leaf(dice);
    case 1:
    case 2:
      return `(${inner()} ${dice.pick(binary)} ${inner()})`;
    case 3:
      return `${inner()} ? ${inner()} : ${inner()}`;
    case 4:
    case 5:
      return `${dice.pick(names)}(${Array.from({ length: dice.below(4) }, inner).join(", ")})`;
    case 6:
      return `${inner()}.${dice.pick(macros)}(x, ${inner()})`;
    case 7:
      return `${inner()}.${dice.pick(methods)}(${dice.chance(0.6) ? inner() : ""})`;
    case 8:
      return `[${Array.from({ length: dice.below(4) }, inner).join(", ")}]`;
    case 9:
      return `{${Array.from({ length: dice.below(3) }, () => `${text(dice)}: ${inner()}`).join(", ")}}`;
    case 10:
      return `${inner()}${dice.pick([".", ".?", "["])}${dice.pick(members)}${dice.chance(0.5) ? "" : "]"}`;
    default:
      return `${dice.pick(["!", "-", "!!", "cel.bind(a, 1, "])}${inner()}`;
  }
}

/** A text with characters taken out, doubled or put in: what people mistype. */
export function mistyped(source: string, dice: Dice): string {
  const at = dice.below(source.length + 1);
  return dice.pick([
    source.slice(0, at),
    source.slice(0, at) + source.slice(at + 1),
    source + source,
    `${source.slice(0, at)}${dice.pick(["'", '"', "\\", "(", "]", "}", "\u0000", "\ud800", "`", "${", "\n", "/*"])}${source.slice(at)}`,
  ]);
}

function leaf(dice: Dice): string {
  switch (dice.below(5)) {
    case 0:
      return dice.pick(numbers);
    case 1:
      return text(dice);
    case 2:
      return dice.pick(["true", "false", "null", "b'ab'", "[]", "{}"]);
    default:
      return `${dice.pick(roots)}${dice.chance(0.6) ? `.${dice.pick(members)}` : ""}`;
  }
}

function text(dice: Dice): string {
  return `'${dice.pick(texts)}'`;
}
