import fc from "fast-check";
import { expect, it } from "vitest";
import type { Json } from "./json";
import { jsonPieces } from "./json-text";

it("K17 pieces are together what JSON.stringify writes", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect([...jsonPieces(value as Json)].join("")).toBe(JSON.stringify(value, null, 2));
    }),
    { numRuns: 500 },
  );
});

it("K17 no piece of a long list is long", () => {
  const list = Array.from({ length: 5_000 }, (_, index) => ({ index, text: "x".repeat(40) }));
  expect(Math.max(...[...jsonPieces(list)].map(({ length }) => length))).toBeLessThan(100);
});
