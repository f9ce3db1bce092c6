import fc from "fast-check";
import { expect, it } from "vitest";
import { findInadmissible, maxDataValues } from "./admissible-json";
import { hasMoreValues } from "./count-json-values";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function valuesOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + valuesOf(inner), 1);
}

it("R11 counts the values of every JSON text as a parser would find them", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 3), (value, indent) => {
      const text = bytes(JSON.stringify(value, null, indent).padEnd(4_000));
      const count = valuesOf(JSON.parse(JSON.stringify(value)));
      expect(hasMoreValues(text, count)).toBe(false);
      expect(hasMoreValues(text, count - 1)).toBe(true);
    }),
  );
});

it("R11 punctuation and quotes inside of texts are no values", () => {
  const text = bytes(JSON.stringify({ a: `{[,"\\`, "b\\": ['","', "\\"] }).padEnd(200));
  expect(hasMoreValues(text, 5)).toBe(false);
  expect(hasMoreValues(text, 4)).toBe(true);
});

it("R11 what is no JSON is counted to its end all the same", () => {
  for (const text of ['"'.repeat(9), '"\\', "[".repeat(9), ",".repeat(9), "]".repeat(9), '["\\"'])
    expect(typeof hasMoreValues(bytes(text), 2)).toBe("boolean");
});

it("R11 a text that holds the most that is admitted is admitted by both", () => {
  const zeros = Array.from({ length: maxDataValues - 1 }, () => 0);
  expect(hasMoreValues(bytes(JSON.stringify(zeros)), maxDataValues)).toBe(false);
  expect(findInadmissible(zeros)).toBeNull();
  expect(hasMoreValues(bytes(JSON.stringify([...zeros, 0])), maxDataValues)).toBe(true);
  expect(findInadmissible([...zeros, 0])?.code).toBe("too_many_values");
});
