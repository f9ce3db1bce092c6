import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "@/core/json";
import { fillDefaults } from "@/core/schema/fill-defaults";
import { validateAgainstSchema } from "@/core/schema/validate-input";

const order: JsonObject = {
  type: "object",
  properties: {
    currency: { type: "string", default: "EUR" },
    address: { type: "object", properties: { country: { default: "AT" }, city: { type: "string" } } },
    lines: { type: "array", items: { $ref: "#/$defs/line" } },
    options: { type: "object", default: {}, properties: { gift: { type: "boolean", default: false } } },
  },
  $defs: { line: { properties: { quantity: { type: "integer", default: 1 } } } },
};

describe("K18, B-39 defaults", () => {
  it.each<[JsonObject, JsonObject]>([
    [{}, { currency: "EUR", options: { gift: false } }],
    [
      { currency: "USD", address: { city: "Graz" }, lines: [{}, { quantity: 3 }, 7], options: {} },
      {
        currency: "USD",
        address: { city: "Graz", country: "AT" },
        lines: [{ quantity: 1 }, { quantity: 3 }, 7],
        options: { gift: false },
      },
    ],
    [
      { currency: null, options: null },
      { currency: null, options: null },
    ],
    [
      { currency: "", options: 0 },
      { currency: "", options: 0 },
    ],
  ])("%j", (given, filled) => {
    const before = structuredClone(given);
    expect(fillDefaults(order, given)).toEqual(filled);
    expect(given).toEqual(before);
  });

  it("A20 gives nobody's consent, however it is written", () => {
    const schema: JsonObject = {
      properties: {
        terms: { type: "boolean", const: true, default: true },
        news: { $ref: "#/$defs/yes", default: true },
        mark: { const: true, default: true },
        days: { type: "integer", default: 1 },
      },
      $defs: { yes: { type: "boolean", enum: [true] } },
    };
    expect(fillDefaults(schema, {})).toEqual({ mark: true, days: 1 });
  });

  it("looks through allOf, whatever the order of its parts", () => {
    const parts: JsonObject[] = [
      { properties: { a: { properties: { b: { default: 1 } } } } },
      { properties: { a: { type: "object", default: {} } } },
    ];
    expect(fillDefaults({ allOf: parts }, {})).toEqual({ a: { b: 1 } });
    expect(fillDefaults({ allOf: parts.toReversed() }, {})).toEqual({ a: { b: 1 } });
  });

  it("does not choose between alternatives, and leaves out what would not fit", () => {
    expect(fillDefaults({ anyOf: [{ properties: { a: { default: 1 } } }] }, {})).toEqual({});
    expect(fillDefaults({ properties: { a: { type: "string", default: 1 } } }, {})).toEqual({});
  });

  it.each<[string, JsonObject]>([
    ["that contain themselves", { properties: { next: { $ref: "#", default: {} } } }],
    [
      "that double without end",
      { properties: { left: { $ref: "#", default: {} }, right: { $ref: "#", default: {} } } },
    ],
  ])("fills nothing from defaults %s", (_what, endless) => {
    expect(fillDefaults(endless, { given: 1 })).toEqual({ given: 1 });
  });

  it("fills what is named `default` or `__proto__` like any other field", () => {
    const named = JSON.parse('{"properties": {"default": {"default": 1}, "__proto__": {"default": 2}}}') as JsonObject;
    expect(Object.entries(fillDefaults(named, {}))).toEqual([
      ["default", 1],
      ["__proto__", 2],
    ]);
  });

  const name = fc.constantFrom("a", "b", "c");
  const leaf = fc.constantFrom<JsonObject>(
    { type: "string", default: "x" },
    { type: "integer", default: 3 },
    { type: "string", default: 5 },
    { type: ["string", "null"], default: null },
    { type: "boolean" },
    { $ref: "#/$defs/shared", default: {} },
    { $ref: "#/$defs/shared" },
    {},
  );
  const schemas = fc.letrec<{ schema: JsonObject }>((tie) => ({
    schema: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.record({ type: fc.constant("object"), properties: fc.dictionary(name, tie("schema")) }),
      fc.record({ properties: fc.dictionary(name, tie("schema")), default: fc.constant({}) }),
      fc.record({ type: fc.constant("array"), items: tie("schema") }),
      fc.record({ allOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }) }),
      fc.record({ additionalProperties: tie("schema") }),
    ),
  })).schema;
  const json = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom<Json>("x", 3, null, true),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(name, tie("value")),
    ),
  })).value;
  const objects = fc.dictionary(name, json);

  it("filling twice changes nothing, nothing given changes, and a valid input stays valid", () => {
    let valid = 0;
    fc.assert(
      fc.property(schemas, fc.dictionary(name, leaf), objects, (generated, shared, input) => {
        const schema = { ...generated, $defs: { shared: { properties: shared } } };
        const filled = fillDefaults(schema, input);
        expect(fillDefaults(schema, filled)).toEqual(filled);
        expect(filled).toMatchObject(input);
        if (validateAgainstSchema(schema, input).length > 0) return;
        valid += 1;
        expect(validateAgainstSchema(schema, filled)).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(valid).toBeGreaterThan(0);
  });
});
