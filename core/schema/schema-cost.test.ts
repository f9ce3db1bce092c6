import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "@/core/json";
import { checkSchema, validateAgainstSchema } from "./validate-input";

const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const tooMuch = [{ path: "", message: expect.stringMatching(/^There is too much to check here at once/) }];
const list = (items: JsonObject): JsonObject => ({ type: "array", items });

describe("R11 what a schema lists is paid for by every value that meets it", () => {
  it.each<[string, JsonObject, Json]>([
    ["choices", list({ enum: many(20_000, (at) => `v${at}`) }), many(5_000, () => "zz")],
    ["a long constant", list({ const: { a: "x".repeat(50_000) } }), many(5_000, () => ({}))],
    ["required names", list({ required: many(2_000, (at) => `v${at}`) }), many(5_000, () => ({}))],
    ["unique items", list({ type: "array", uniqueItems: true }), many(50, () => many(1_000, (at) => ({ at })))],
    [
      "patterns of names",
      list({ patternProperties: Object.fromEntries(many(500, (at) => [`^v${at}`, {}])) }),
      many(200, () => Object.fromEntries(many(100, (at) => [`w${at}`, 1]))),
    ],
    ["formats", list({ type: "string", format: "email" }), many(20_000, (at) => `a${at}`)],
  ])("%s", (_what, schema, value) => {
    expect(validateAgainstSchema(schema, value)).toEqual(tooMuch);
  });

  it("and what people really have is checked as before", () => {
    const countries = many(200, (at) => `c${at}`);
    expect(
      validateAgainstSchema(
        list({ enum: countries }),
        many(5_000, (at) => `c${at % 200}`),
      ),
    ).toEqual([]);
    const unique = list({ uniqueItems: true, type: "array" });
    expect(validateAgainstSchema(unique, [many(1_000, (at) => ({ at }))])).toEqual([]);
    expect(validateAgainstSchema({ const: { a: [1] } }, { a: [2] })[0]?.message).toBe('This must be {"a":[1]}.');
  });

  it("a schema of more parts than can be made ready says so", () => {
    const properties = Object.fromEntries(many(3_001, (at) => [`f${at}`, {}]));
    expect(checkSchema({ type: "object", properties })[0]?.message).toMatch(/more than 3,000 parts/);
  });

  it("patterns whose repetitions are large together say so", () => {
    const properties = Object.fromEntries(
      many(200, (at) => [`f${at}`, { type: "string", pattern: `^(?:[a-z]{60}x){98}${at}$` }]),
    );
    expect(checkSchema({ type: "object", properties })[0]?.message).toMatch(/fewer patterns/);
  });
});
