import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { answerRows, typedRows } from "./answer-rows";
import { collectValues, fieldsNow, initialDraft, openForm } from "./form-draft";
import { readFields } from "./form-field";
import { keptDraft, fittingEntries } from "./kept-draft";

const opened = (properties: JsonObject, more: JsonObject = {}, given: JsonObject = {}, locale = "de-AT") => {
  const form = openForm({ type: "object", properties, ...more }, given, locale);
  return { form, collect: (draft = {}) => collectValues(form, { ...initialDraft(form), ...draft }) };
};
const kindOf = (schema: JsonObject) => readFields({ properties: { it: schema } })[0]?.kind;

const address: JsonObject = {
  type: "object",
  "x-kind": "address",
  title: "Where to",
  required: ["street", "city"],
  properties: { street: { type: "string" }, city: { type: "string" }, postcode: { type: "string" } },
};
const lines: JsonObject = {
  type: "array",
  title: "Lines",
  maxItems: 2,
  items: {
    type: "object",
    required: ["what", "price"],
    properties: { what: { type: "string" }, price: { type: "number", "x-currency": "EUR", minimum: 1 } },
  },
};

describe("A40 row 44 row 45: each kind of question", () => {
  it.each<[string, JsonObject]>([
    ["money", { type: "number", "x-currency": "EUR" }],
    ["time", { type: "string", "x-kind": "time" }],
    ["time", { type: "string", format: "time" }],
    ["phone", { type: "string", "x-kind": "phone" }],
    ["password", { type: "string", format: "password" }],
    ["address", address],
    ["list", lines],
    ["list", { type: "array", items: { type: "string" } }],
    ["file", { type: "string", format: "file" }],
    ["file", { type: "object", "x-kind": "file" }],
    ["files", { type: "array", items: { type: "object", "x-kind": "file" } }],
    ["signature", { type: "string", "x-kind": "signature" }],
    ["unsupported", { type: "string", contentEncoding: "base64" }],
    ["choices", { type: "array", items: { enum: ["a"] } }],
    ["json", { type: "array" }],
    ["json", { type: "object" }],
  ])("%s", (kind, schema) => {
    expect(kindOf(schema)).toBe(kind);
  });

  it("A41 money is read by the reader's language, and shown with its currency", () => {
    const { form, collect } = opened({ amount: { type: "number", "x-currency": "EUR" } });
    expect(collect({ amount: "12,50" })).toEqual({ values: { amount: 12.5 }, problems: {} });
    for (const text of ["0x3", "1e5"]) {
      expect(collect({ amount: text }).values).toEqual({});
      expect(collect({ amount: text }).problems["amount"]).toMatch(/such as 1.234,5\./);
    }
    expect(answerRows(form.schema, { amount: 12.5 }, { locale: "en" })).toEqual([
      { label: "Amount", value: "EUR 12.50" },
    ]);
  });

  it.each([
    ["abc", false],
    ["+43 (1) 234-5678", true],
    ["12", false],
    ["1234 ext", false],
  ])("A41 %s as a phone number", (phone, fits) => {
    expect(Object.keys(opened({ phone: { type: "string", "x-kind": "phone" } }).collect({ phone }).problems)).toEqual(
      fits ? [] : ["phone"],
    );
  });

  it("a time of day is kept as it is read from a clock; where the format asks for a zone, with it", () => {
    const { collect } = opened({ at: { type: "string", "x-kind": "time" }, zoned: { type: "string", format: "time" } });
    expect(collect({ at: "14:30", zoned: "09:05" })).toEqual({
      values: { at: "14:30", zoned: "09:05:00+05:45" },
      problems: {},
    });
    expect(collect({ at: "25:00" }).problems).toEqual({ at: "Write a time such as 14:30." });
  });

  it("an address that must be given says at its own lines what is missing; one that may be left out is", () => {
    expect(opened({ address }, { required: ["address"] }).collect().problems).toEqual({
      "address.street": "Fill this in.",
      "address.city": "Fill this in.",
    });
    expect(opened({ address }).collect()).toEqual({ values: {}, problems: {} });
    const given = { street: "Ring 1", city: "Wien" };
    expect(opened({ address }).collect({ address: { ...given, postcode: "" } })).toEqual({
      values: { address: given },
      problems: {},
    });
  });

  it("entries of a list are read in their order, with problems at their own place", () => {
    const { collect } = opened({ lines });
    const good = { what: "Chair", price: "12,50" };
    expect(collect({ lines: [good, { what: "", price: "0,5" }] })).toEqual({
      values: { lines: [{ what: "Chair", price: 12.5 }, { price: 0.5 }] },
      problems: { "lines[1].what": "Fill this in.", "lines[1].price": "This must be 1 or more." },
    });
    expect(Object.keys(collect({ lines: [good, good, good] }).problems)).toEqual(["lines"]);
    expect(collect({ lines: [] })).toEqual({ values: {}, problems: {} });
  });

  it("a list that must have an entry opens with one, and a list of plain texts is one of texts", () => {
    const tags = { type: "array", items: { type: "string" } };
    const { form, collect } = opened({ tags }, { required: ["tags"] });
    expect(initialDraft(form)).toEqual({ tags: [{ "": "" }] });
    expect(collect().problems).toEqual({ "tags[0]": "Fill this in." });
    expect(collect({ tags: [{ "": "a" }, { "": "b" }] }).values).toEqual({ tags: ["a", "b"] });
    expect(collect({ tags: [] }).problems).toEqual({ tags: "Add at least one." });
  });

  it("groups and lists are given back as they were filled in beforehand", () => {
    const given = { address: { street: "Ring 1", city: "Wien" }, lines: [{ what: "Chair", price: 1234.5 }] };
    expect(opened({ address, lines }, {}, given).collect()).toEqual({ values: given, problems: {} });
  });

  it("A24 what stands in groups and lists survives a reload, and is read again in words", () => {
    const { form } = opened({ address, lines });
    const typed = {
      ...initialDraft(form),
      address: { street: "Ring 1", city: "", postcode: "" },
      lines: [{ what: "Chair", price: "12,50" }],
    };
    const kept = keptDraft(form, typed);
    expect(fittingEntries(form.fields, kept)).toEqual({ address: typed.address, lines: typed.lines });
    expect(fittingEntries(form.fields, { ...kept, lines: { asked: null, entry: "x" } })).toEqual({
      address: typed.address,
    });
    expect(typedRows(form.schema, kept)).toEqual([
      { label: "Where to", value: "Street: Ring 1" },
      { label: "Lines", value: "1. What: Chair, Price: 12,50" },
    ]);
    const sent = { address: { street: "Ring 1", city: "Wien" }, lines: [{ what: "Chair", price: 12.5 }] };
    expect(answerRows(form.schema, sent, { locale: "de-AT" })).toEqual([
      { label: "Where to", value: "Street: Ring 1\nCity: Wien" },
      { label: "Lines", value: "1. What: Chair, Price: EUR 12,50" },
    ]);
  });
});

describe("A41 row 46: a question under a condition", () => {
  const properties = { company: { type: "boolean" }, vat: { type: "string" } };
  const allOf = [
    {
      if: { properties: { company: { const: true } }, required: ["company"] },
      then: { required: ["vat"] },
      else: { properties: { vat: false } },
    },
  ];
  const { form, collect } = opened(properties, { allOf });
  const shown = (draft = {}) => fieldsNow(form, { ...initialDraft(form), ...draft });

  it("appears when it holds, and is required then", () => {
    expect(shown().map(({ name }) => name)).toEqual(["company"]);
    expect(shown({ company: true }).map(({ name, required }) => [name, required])).toEqual([
      ["company", false],
      ["vat", true],
    ]);
    expect(collect({ company: true }).problems).toEqual({ vat: "Fill this in." });
  });

  it("is not sent when it is gone again, whatever was typed", () => {
    expect(collect({ company: false, vat: "ATU1" })).toEqual({ values: { company: false }, problems: {} });
    expect(collect({ company: true, vat: "ATU1" }).values).toEqual({ company: true, vat: "ATU1" });
  });
});
