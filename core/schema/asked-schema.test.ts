import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { askableSchema, askedSchema, askedValues } from "./asked-schema";

const names = (schema: JsonObject) => Object.keys(schema["properties"] as JsonObject);
const yes = (name: string) => ({ properties: { [name]: { const: true } }, required: [name] });

const conditional: JsonObject = {
  type: "object",
  "x-order": ["company", "vat", "size"],
  properties: { company: { type: "boolean" }, size: { type: "string" }, vat: { type: "string" } },
  allOf: [{ if: yes("company"), then: { required: ["vat"] }, else: { properties: { vat: false } } }],
};

describe("A41 row 46: questions that depend on others", () => {
  it("one that else forbids is asked, and required, while its condition holds", () => {
    expect(names(askedSchema(conditional, {}))).toEqual(["company", "size"]);
    const asked = askedSchema(conditional, { company: true });
    expect([names(asked).toSorted(), asked["required"]]).toEqual([["company", "size", "vat"], ["vat"]]);
    expect(names(askableSchema(conditional)).toSorted()).toEqual(["company", "size", "vat"]);
  });

  it("one that stands under then, else or beside a field is there when it counts", () => {
    const schema = {
      properties: { plan: { enum: ["a", "b"] } },
      if: { properties: { plan: { const: "b" } }, required: ["plan"] },
      then: { properties: { seats: { type: "integer" } }, required: ["seats"] },
      else: { properties: { why: { type: "string" } } },
      dependentRequired: { why: ["who"] },
      dependentSchemas: { seats: { properties: { who: { type: "string" } } } },
    };
    expect(names(askedSchema(schema, { plan: "a" }))).toEqual(["plan", "why"]);
    expect(names(askedSchema(schema, { plan: "b" }))).toEqual(["plan", "seats"]);
    expect(names(askedSchema(schema, { plan: "b", seats: 2 }))).toEqual(["plan", "seats", "who"]);
    expect(askedSchema(schema, { why: "x" })["required"]).toEqual(["who"]);
    expect(names(askableSchema(schema))).toEqual(["plan", "seats", "why", "who"]);
  });

  it("an answer to what is not asked counts for no other condition", () => {
    const chain: JsonObject = {
      properties: { a: { type: "boolean" }, b: { type: "boolean" }, c: { type: "string" } },
      allOf: [
        { if: yes("a"), else: { properties: { b: false } } },
        { if: yes("b"), else: { properties: { c: false } } },
      ],
    };
    expect(names(askedSchema(chain, { a: true, b: true }))).toEqual(["a", "b", "c"]);
    expect(names(askedSchema(chain, { a: false, b: true }))).toEqual(["a"]);
    expect(askedValues(chain, { a: false, b: true, c: "x", strange: 1 })).toEqual({ a: false, strange: 1 });
  });

  it("what does not end, ends", () => {
    const endless = { properties: { a: { type: "string" } }, allOf: [{ $ref: "#" }] };
    expect(names(askedSchema(endless, { a: "x" }))).toEqual(["a"]);
  });
});
