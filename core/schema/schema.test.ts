import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { screenPattern } from "@/core/schema/safe-pattern";
import { checkSchema, validateAgainstSchema } from "@/core/schema/validate-input";

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
      { path: "a", message: expect.stringContaining("50000 characters") },
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
    [{ $ref: "#/$defs/none" }, ""],
  ])("%j", (broken, path) => {
    expect(checkSchema(broken)).toMatchObject([{ path, message: expect.any(String) }]);
  });
});

describe("screenPattern", () => {
  it.each([
    "^[^@\\s]+@[^@\\s]+$",
    "^[\\w.-]+@([\\w-]+\\.)+[\\w-]{2,}$",
    "^\\+?\\d{8,15}$",
    "\\d+",
    "^(\\d{3}-)?\\d+$",
    "(?:ab|cd)*",
    "^[A-Z]+-[0-9]+$",
    "^(foo|bar)$",
    "^\\d{5}(-\\d{4})?$",
    "",
  ])("allows %s", (source) => {
    expect(screenPattern(source).ok).toBe(true);
  });

  it.each([
    "(a+)+$",
    "(a|aa)+$",
    "(a|a)*b",
    "(x+x+)+y",
    "(.*a){20}",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(a?){30}a{30}",
    "(a)\\1",
    "(?<n>a)\\k<n>",
    "(",
    ".*".repeat(8) + "x",
    "a".repeat(501),
  ])("refuses %s", (source) => {
    expect(screenPattern(source)).toMatchObject({ ok: false });
  });

  it("shortens the text for patterns that try every split", () => {
    const linear = screenPattern("^a+$");
    const cubic = screenPattern("^a*a*b$");
    expect(linear.ok && cubic.ok && cubic.maxTextLength < linear.maxTextLength).toBe(true);
  });

  it("never throws on any text", () => {
    fc.assert(fc.property(fc.string(), (source) => typeof screenPattern(source).ok === "boolean"));
  });
});
