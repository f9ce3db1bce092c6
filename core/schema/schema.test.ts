import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { checkSchema, schemaAdvice, validateAgainstSchema } from "@/core/schema/validate-input";

const schema: JsonObject = {
  type: "object",
  required: ["email"],
  additionalProperties: false,
  properties: {
    email: { type: "string", format: "email" },
    plan: { enum: ["free", "pro"] },
    amount: { type: "integer", minimum: 3 },
    items: { type: "array", maxItems: 3, uniqueItems: true, items: { $ref: "#/$defs/item" } },
    due: { type: "string", format: "date" },
    site: { type: "string", format: "url" },
    either: { anyOf: [{ type: "string" }, { type: "number" }] },
    note: { type: "string", minLength: 1 },
  },
  $defs: {
    item: { type: "object", required: ["sku"], properties: { sku: { type: "string", pattern: "^[A-Z]+-[0-9]+$" } } },
  },
};

describe("validateAgainstSchema", () => {
  it("accepts what fits", () => {
    expect(
      validateAgainstSchema(schema, {
        email: "sari@acme.com",
        plan: "pro",
        amount: 3,
        items: [{ sku: "TEA-1" }],
        due: "2026-11-20",
        site: "https://acme.com",
        either: 1,
        note: "x",
      }),
    ).toEqual([]);
  });

  it.each<[JsonObject, string, string]>([
    [{}, "email", "email is required. Add it."],
    [{ email: 5 }, "email", "This must be text."],
    [{ email: "x" }, "email", "This must be an e-mail address such as name@example.com."],
    [{ email: "a@b.co", plan: "gold" }, "plan", "This must be one of: free, pro."],
    [{ email: "a@b.co", amount: 1 }, "amount", "This must be 3 or more."],
    [{ email: "a@b.co", amount: 3.5 }, "amount", "This must be a whole number."],
    [{ email: "a@b.co", items: [{}] }, "items[0].sku", "sku is required. Add it."],
    [
      { email: "a@b.co", items: [{ sku: "no" }] },
      "items[0].sku",
      "This does not have the expected form (^[A-Z]+-[0-9]+$).",
    ],
    [
      { email: "a@b.co", items: [{ sku: "A-1" }, { sku: "A-1" }] },
      "items",
      "The list must not contain the same item twice.",
    ],
    [{ email: "a@b.co", due: "2026-02-30" }, "due", "This must be a date such as 2026-11-20."],
    [{ email: "a@b.co", either: true }, "either", "This does not fit any of the allowed forms."],
    [{ email: "a@b.co", note: "" }, "note", "This must not be empty."],
    [{ email: "a@b.co", extra: 1 }, "extra", "This field is not expected. Remove it."],
  ])("%j", (value, path, message) => {
    expect(validateAgainstSchema(schema, value)).toEqual([{ path, message }]);
  });

  it("does not change the schema and keeps no state between values", () => {
    const before = JSON.stringify(schema);
    validateAgainstSchema(schema, {});
    expect(validateAgainstSchema(schema, { email: "a@b.co" })).toEqual([]);
    expect(JSON.stringify(schema)).toBe(before);
  });

  it.each<[string, JsonObject, string]>([
    ["an endless reference", { $ref: "#" }, "refers to itself"],
    ["a dangling reference", { $ref: "#/$defs/none" }, "#/$defs/none"],
    ["a dangerous pattern", { properties: { a: { pattern: "(a+)+$" } } }, "pattern"],
  ])("answers with an issue for %s", (_what, broken, words) => {
    expect(validateAgainstSchema(broken, { a: "aaaa" })).toEqual([
      { path: expect.any(String), message: expect.stringContaining(words) },
    ]);
  });

  it("refuses values that would take too long to check", () => {
    expect(validateAgainstSchema({ properties: { a: { pattern: "a+b" } } }, { a: "a".repeat(50_000) })).toMatchObject([
      { path: "a", message: expect.stringContaining("expected form") },
    ]);
    expect(
      validateAgainstSchema(
        { type: "array", uniqueItems: true },
        Array.from({ length: 5000 }, (_, index) => index),
      ),
    ).toMatchObject([{ message: expect.stringContaining("5000 items") }]);
    expect(validateAgainstSchema(schema, { email: "a@b.co", site: `http://${"a".repeat(60)}!` })).toEqual([]);
  });

  it("never throws on any value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        Array.isArray(validateAgainstSchema(schema, JSON.parse(JSON.stringify(value)))),
      ),
    );
  });
});

describe("checkSchema", () => {
  it("accepts a good schema", () => {
    expect(checkSchema(schema)).toEqual([]);
    expect(checkSchema({})).toEqual([]);
  });

  it.each<[unknown, string]>([
    [null, ""],
    [[], ""],
    [{ type: "strin" }, "type"],
    [{ required: "email" }, "required"],
    [{ properties: { a: { type: 5 } } }, "properties.a.type"],
    [{ properties: { a: { minLength: -1 } } }, "properties.a.minLength"],
    [{ properties: { a: { pattern: "(" } } }, "properties.a.pattern"],
    [{ patternProperties: { "(a|a)*": {} } }, "patternProperties"],
    [{ $ref: "#/$defs/none" }, "$ref"],
  ])("%j", (broken, path) => {
    expect(checkSchema(broken)).toMatchObject([{ path, message: expect.any(String) }]);
  });
});

describe("K18 schemas that cannot be used, or not as their author thinks", () => {
  it.each<[JsonObject, string, string]>([
    [{ properties: { a: { $ref: "#/$defs/itme" } }, $defs: { item: {} } }, "properties.a.$ref", "#/$defs/item"],
    [{ properties: { a: { $ref: "https://acme.com/a.json" } } }, "properties.a.$ref", "nothing is fetched"],
    [{ $ref: "#" }, "$ref", "without end"],
    [{ $defs: { a: { $ref: "#/$defs/b" }, b: { allOf: [{ $ref: "#/$defs/a" }] } } }, "$defs.a", "without end"],
    [{ properties: { a: { nullable: true, enum: [1] } } }, "properties.a.nullable", "anyOf"],
    [{ properties: { a: { nullable: "yes" } } }, "properties.a.nullable", "not valid"],
    [
      { $ref: "#/$defs/a", $defs: { a: { properties: { next: { $ref: "#/$defs/a", default: {} } } } } },
      "$defs.a.properties.next.default",
      "without end",
    ],
    [{ properties: { const: { pattern: "(a+)+$" } } }, "properties.const.pattern", "several ways"],
  ])("%j", (broken, path, words) => {
    expect(checkSchema(broken)).toEqual([{ path, message: expect.stringContaining(words) }]);
  });

  it("takes a tree that refers to itself below a property", () => {
    const tree = { properties: { children: { type: "array", items: { $ref: "#" } } } };
    expect(checkSchema(tree)).toEqual([]);
    expect(validateAgainstSchema(tree, { children: [{ children: "no" }] })).toMatchObject([
      { path: "children[0].children" },
    ]);
  });

  it("honours nullable", () => {
    const nullable = { properties: { a: { type: "string", nullable: true, enum: ["x"] }, b: { type: "string" } } };
    expect(validateAgainstSchema(nullable, { a: null })).toEqual([]);
    expect(validateAgainstSchema(nullable, { b: null })).toMatchObject([{ path: "b" }]);
    expect(validateAgainstSchema(nullable, { a: "y" })).toMatchObject([{ path: "a" }]);
  });

  it("names another draft and defaults that do not fit", () => {
    expect(schemaAdvice({ $schema: "https://json-schema.org/draft/2020-12/schema" })).toEqual([]);
    expect(
      schemaAdvice({
        $schema: "http://json-schema.org/draft-07/schema#",
        properties: { a: { type: "string", default: null }, b: { type: "string", default: "b" } },
      }),
    ).toMatchObject([{ path: "$schema" }, { path: "properties.a.default" }]);
  });

  it("B-51 says what is missing at its own place", () => {
    const nested = { properties: { a: { type: "object", required: ["b"] } }, required: ["a", "c"] };
    expect(validateAgainstSchema(nested, { a: {} }).map(({ path }) => path)).toEqual(["c", "a.b"]);
  });
});
