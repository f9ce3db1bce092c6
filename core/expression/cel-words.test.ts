import { describe, expect, it } from "vitest";
import { checkExpression } from "@/core/expression/check";
import { evaluateExpression } from "@/core/expression/evaluate";
import { testScope } from "@/core/expression/expression-scope.fixture";

/** What only the library would say. */
const libraryWords =
  /unexpected|unterminated|token|EOF|overload|\bdyn\b|\bint\b|\buint\b|\bdouble\b|\bbool\b|identifier|predicate|macro|ternary|operand|cannot index|type error|invalid|\bgot\b/i;

function message(source: string): string {
  const checked = checkExpression(source, { names: "any" });
  if (!checked.ok) return checked.message;
  const evaluated = evaluateExpression(source, testScope());
  return evaluated.ok ? "" : evaluated.error.message;
}

describe("B-49 B-27 the expression library's wording", () => {
  it.each([
    ["1 +", "The expression cannot be read at character 4: it ends before it is complete."],
    ["(1", "The expression cannot be read at character 3: `)` is missing."],
    ["[1, 2", "The expression cannot be read at character 6: `]` is missing."],
    ["{'a': 1", "The expression cannot be read at character 8: `}` is missing."],
    ["'open", "The expression cannot be read at character 1: a text begins here and has no closing quote."],
    ["for", "The expression cannot be read at character 1: `for` is a word of the language and cannot be a name."],
    ["1 2", "The expression cannot be read at character 3: `2` cannot stand there."],
    ["a ! b", "The expression cannot be read at character 3: `!` cannot stand there."],
    ["true ? 1", "The expression cannot be read at character 9: `:` is missing."],
    ["a # b", "The expression cannot be read at character 3: `#` cannot stand there."],
    ["5 % 0", "The expression divides by zero. Test the divisor first, e.g. `n != 0 ? total / n : 0`."],
    ["1.a", null],
    ["1e", null],
    ["0x", null],
    ["'\\q'", null],
    ["'\\u12'", null],
    ["'''a", null],
    ["1 && true", null],
    ["'a' || true", null],
    ["-'a'", null],
    ["!1", null],
    ["'a' < 1", null],
    ["5.map(x, x)", null],
    ["[1].map(1, x)", null],
    ["[1].filter(x, 5)", null],
    ["[1].all(x, 'a')", null],
    ["[1]['a']", null],
    ["(1)[0]", null],
    ["1 in 2", null],
    ["int('a')", null],
    ["uint(-1)", null],
    ["double('a')", null],
    ["bool('maybe')", null],
    ["duration('x')", null],
    ["timestamp('x')", null],
    ["timestamp(99999999999999)", null],
    ["'a'.matches('(')", null],
    ["'abc'.indexOf('a', 9)", null],
    ["optional.of(1).or(2)", null],
    ["1.orValue(2)", null],
    ["has(1)", null],
    ["nosuch(1)", null],
    ["size()", null],
    ["9223372036854775807 + 1", null],
    ["99999999999999999999", null],
    ["string([1])", null],
    ["bytes(1)", null],
    ["type(1) + 2", null],
    ["true ? 1 : 'a' + 1", null],
    ["1 ? 2 : 3", null],
    ["optional.none().value()", null],
    ["cel.bind(1, 2, 3)", null],
    ["{1: 2}.x", null],
    ["{1: 2, 1: 3}", null],
    ["dyn(1)[0]", null],
    ["b'\\u1234'", null],
  ])("%s is told in our words", (source, expected) => {
    const said = message(source);
    // What the author wrote may be quoted.
    expect(said.replaceAll(/`[^`]*`/g, "")).not.toMatch(libraryWords);
    if (expected !== null) expect(said).toBe(expected);
  });
});
