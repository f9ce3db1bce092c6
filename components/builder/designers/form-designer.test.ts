import { describe, expect, it } from "vitest";
import { readFields } from "@/components/fields/form-field";
import { checkSchema } from "@/core/schema/validate-input";
import type { JsonObject } from "@/core/json";
import {
  designTypes,
  labelOfField,
  optionsOf,
  typeOfField,
  withHint,
  withLabel,
  withOptions,
  withType,
} from "./design-field";
import { readFacts } from "./facts";
import { isHidden, withHiding } from "./hidden-answer";
import { followingName } from "./field-conditions";
import { optionLines, readOptionLines } from "./option-lines";
import { canDesign, fieldsOfSchema, keyOf, keyProblem, schemaWithFields } from "./schema-fields";

const schema: JsonObject = {
  $id: "kept",
  type: "object",
  required: ["email", "plan"],
  properties: {
    email: { type: "string", format: "email", title: "Customer", minLength: 3 },
    plan: { type: "string", oneOf: [{ const: "free", title: "Free of charge" }, { const: "pro" }] },
    address: { type: "object", properties: { street: { type: "string" } } },
    tags: { type: "array", items: { enum: ["a", "b"] }, maxItems: 2 },
    level: { type: "integer", enum: [1, 2, 3] },
    note: { type: ["string", "null"], format: "textarea" },
  },
  additionalProperties: false,
};

describe("M-5 the form designer", () => {
  it("reads each question as what it is, and leaves what it cannot draw alone", () => {
    expect(fieldsOfSchema(schema).map((field) => [field.key, typeOfField(field), field.required])).toEqual([
      ["email", "email", true],
      ["plan", "choice", true],
      ["address", null, false],
      ["tags", "choices", false],
      ["level", "choice", false],
      ["note", "long_text", false],
    ]);
  });

  it("gives back the same schema when nothing was changed, but for the order it writes down", () => {
    const { "x-order": order, ...rest } = schemaWithFields(schema, fieldsOfSchema(schema));
    expect(rest).toEqual(schema);
    expect(Object.keys(rest)).toEqual(Object.keys(schema));
    expect(order).toEqual(["email", "plan", "address", "tags", "level", "note"]);
  });

  it("keeps the order of questions through a database that has an order of its own", () => {
    const reordered = [...fieldsOfSchema(schema)].reverse();
    const written = schemaWithFields(schema, reordered);
    const { properties, ...rest } = written;
    const shuffled: JsonObject = {
      ...rest,
      properties: Object.fromEntries(Object.entries(properties as JsonObject).sort(([a], [b]) => a.localeCompare(b))),
    };
    expect(fieldsOfSchema(shuffled).map(({ key }) => key)).toEqual(reordered.map(({ key }) => key));
    expect(readFields(shuffled).map(({ name }) => name)).toEqual(reordered.map(({ key }) => key));
  });

  it.each(designTypes)("a new question of type %s is one for the form, the checker and the designer", (type) => {
    const field = withLabel(withType({ key: "q", schema: {}, required: true }, type), "Your answer");
    const made = schemaWithFields(null, [field]);
    expect(checkSchema(made)).toEqual([]);
    expect(typeOfField(field)).toBe(type);
    expect(readFields(made)[0]).toMatchObject({ name: "q", label: "Your answer", kind: type, required: true });
    expect(fieldsOfSchema(made)).toEqual([field]);
  });

  it("61 hides an answer and shows it again, whatever its type becomes, and leaves the rest as it was", () => {
    const [email] = fieldsOfSchema(schema);
    if (!email) throw new Error("The first question is gone.");
    const hidden = withHiding(email, true);
    expect([isHidden(email), isHidden(hidden), isHidden(withType(hidden, "number"))]).toEqual([false, true, true]);
    expect(hidden.schema).toEqual({ ...email.schema, "x-sensitive": true });
    expect(withHiding(hidden, false)).toEqual(email);
  });

  it("keeps label, hint and options when the type changes to one that has them", () => {
    const [, plan] = fieldsOfSchema(schema);
    if (!plan) throw new Error("The second question is gone.");
    const several = withType(withHint(plan, "Any"), "choices");
    expect(optionsOf(several)).toEqual([
      { value: "free", label: "Free of charge" },
      { value: "pro", label: "Pro" },
    ]);
    expect(several.schema["description"]).toBe("Any");
    expect(withHint(several, "").schema["description"]).toBeUndefined();
    expect(withType(several, "text").schema).toEqual({ description: "Any", type: "string" });
  });

  it("edits options as lines; values that are numbers stay numbers", () => {
    const level = fieldsOfSchema(schema)[4];
    if (!level) throw new Error("The fifth question is gone.");
    expect(optionLines(optionsOf(level))).toBe("1\n2\n3");
    const read = readOptionLines("1\n 3 = The highest\n\n3", optionsOf(level));
    expect(read).toEqual([
      { value: 1, label: "1" },
      { value: 3, label: "The highest" },
    ]);
    expect(withOptions(level, read).schema).toEqual({
      type: "integer",
      oneOf: [
        { const: 1, title: "1" },
        { const: 3, title: "The highest" },
      ],
    });
    expect(optionLines(read)).toBe("1\n3 = The highest");
  });

  it("names values after their question, once each, and refuses names that cannot be read", () => {
    expect(keyOf("Full name", [])).toBe("full_name");
    expect(keyOf("Full name", ["full_name"])).toBe("full_name_2");
    expect(keyOf("2nd ädresse!", [])).toBe("q_2nd_adresse");
    expect(keyOf("???", [])).toBe("question");
    expect(keyProblem("a b", [])).not.toBeNull();
    expect(keyProblem("a", ["a"])).toContain("already");
    expect(keyProblem("__proto__", [])).not.toBeNull();
    expect(keyProblem("amount", [])).toBeNull();
  });

  it("A41 row 46 asks a question only when another is answered so, and reads that back", () => {
    const made = schemaWithFields(null, [
      { key: "company", schema: { type: "boolean" }, required: true },
      { key: "vat", schema: { type: "string" }, required: true, when: { key: "company", value: true } },
      { key: "size", schema: { type: "string" }, required: false, when: { key: "company", value: true } },
    ]);
    expect(checkSchema(made)).toEqual([]);
    expect(made).toMatchObject({
      required: ["company"],
      allOf: [
        {
          if: { properties: { company: { const: true } }, required: ["company"] },
          then: { required: ["vat"] },
          else: { properties: { vat: false } },
        },
        {
          if: { properties: { company: { const: true } }, required: ["company"] },
          else: { properties: { size: false } },
        },
      ],
    });
    expect(canDesign(made)).toBe(true);
    const read = fieldsOfSchema(made);
    expect(schemaWithFields(made, read)).toEqual(made);
    expect(read.map(({ when, required }) => [when?.key, required])).toEqual([
      [undefined, true],
      ["company", true],
      ["company", false],
    ]);
    const renamed = followingName(
      read.map((field) => (field.key === "company" ? { ...field, key: "firm" } : field)),
      "company",
      "firm",
    );
    expect(fieldsOfSchema(schemaWithFields(made, renamed))[1]?.when).toEqual({ key: "firm", value: true });
    const without = schemaWithFields(made, read.slice(1));
    expect(without["allOf"]).toBeUndefined();
    expect(without["required"]).toEqual(["vat"]);
  });

  it("A41 leaves conditions that it did not write to the JSON, as they are", () => {
    const properties = { a: { type: "boolean" }, b: { type: "string" } };
    const foreign = { properties, allOf: [{ if: { required: ["a"] }, then: { required: ["b"] } }] };
    expect(canDesign(foreign)).toBe(false);
    const beside = { type: "object", properties, if: { required: ["a"] }, then: { required: ["b"] } };
    expect(schemaWithFields(beside, fieldsOfSchema(beside))).toMatchObject({ if: beside.if, then: beside.then });
  });

  it("leaves a schema of alternatives to its JSON", () => {
    expect(canDesign(schema)).toBe(true);
    expect(canDesign(null)).toBe(true);
    expect(canDesign({ oneOf: [schema] })).toBe(false);
    expect(canDesign({ type: "string" })).toBe(false);
  });

  it("shows a question by its title, else by its name in words", () => {
    expect(fieldsOfSchema(schema).map(labelOfField).slice(0, 3)).toEqual(["Customer", "Plan", "Address"]);
  });
});

describe("K-30 the facts of an approval", () => {
  it("are label and value; a path alone is called after its last part", () => {
    expect(
      readFacts(["input.customer_email", "${step.a.output.total}", { label: "Plan", value: "${input.plan}" }, 7]),
    ).toEqual([
      { label: "Customer email", value: "${input.customer_email}" },
      { label: "Total", value: "${step.a.output.total}" },
      { label: "Plan", value: "${input.plan}" },
    ]);
    expect(readFacts(undefined)).toEqual([]);
  });
});
