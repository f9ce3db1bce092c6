import fc from "fast-check";
import { expect, it } from "vitest";
import { linearPattern } from "./linear-pattern";

const free = (): void => undefined;

const unit = fc.constantFrom(
  "a",
  "b",
  "é",
  "😀",
  ".",
  "\\d",
  "\\w",
  "\\s",
  "[ab]",
  "[^a]",
  "\\b",
  "\\B",
  "^",
  "$",
  "\\p{L}",
);
const quantifier = fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,3}", "{0,2}?", "{2,}");
const isEdge = (source: string): boolean => ["^", "$", "\\b", "\\B"].includes(source);
const { pattern } = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(unit, quantifier).map(([one, often]) => (isEdge(one) ? one : one + often)),
    fc.tuple(tie("pattern"), quantifier).map(([inner, often]) => `(?:${inner})${often}`),
    fc.tuple(fc.constantFrom("(?=", "(?!", "(?<=", "(?<!"), tie("pattern")).map(([open, inner]) => `${open}${inner})`),
  ),
  pattern: fc
    .array(
      fc.array(tie("atom"), { maxLength: 3 }).map((atoms) => atoms.join("")),
      { minLength: 1, maxLength: 2 },
    )
    .map((branches) => branches.join("|")),
}));
const text = fc.string({ unit: fc.constantFrom("a", "b", "é", "😀", "1", " ", "\n", "_"), maxLength: 8 });

it("H6 fits exactly what JavaScript's own engine fits", () => {
  fc.assert(
    fc.property(pattern, text, (source, value) => {
      const own = linearPattern(source);
      // Where a pattern takes no character, JavaScript's engine looks between the halves of those that are two units long as well.
      const sees = /\(\?<|\(\?!|\\B/.test(source) && value.includes("😀");
      fc.pre(own !== null && !sees);
      expect(own.test(value, free), `${source} on ${value}`).toBe(new RegExp(source, "u").test(value));
      expect(own.ignoringCase().test(value.toUpperCase(), free)).toBe(
        new RegExp(source, "iu").test(value.toUpperCase()),
      );
    }),
    { numRuns: 1_000 },
  );
});

it.each([
  ["^a{0,63}a{0,63}a{0,63}a{0,63}a{0,63}a{0,63}$", `${"a".repeat(65)}!`],
  [`^${"\\d?".repeat(26)}\\d{26}x$`, "1".repeat(40)],
  ["(a+)+$", `${"a".repeat(5_000)}!`],
  ["^(\\d{0,20}[- ]?){8}$", `${"1".repeat(150)}!`],
  ["(?=(a*)*b)c", "a".repeat(200)],
])("H6 %s costs steps in proportion to its text", (source, value) => {
  let hundreds = 0;
  expect(linearPattern(source)?.test(value, () => (hundreds += 1))).toBe(false);
  expect(hundreds).toBeLessThan(3_000);
});

it("H6 whoever counts may end it", () => {
  const stop = (): never => {
    throw new Error("enough");
  };
  expect(() => linearPattern("a+b")?.test("a".repeat(1_000), stop)).toThrow("enough");
});

it.each(["(a{1000}){1000}", "(){99999}", "((((){999}){999}){999}){999}", "a{100000}"])(
  "H6 %s is more than can be written out",
  (source) => {
    expect(linearPattern(source)).toBeNull();
  },
);
