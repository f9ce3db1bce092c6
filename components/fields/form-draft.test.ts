import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { collectValues, initialDraft, openForm } from "./form-draft";
import { readFields } from "./form-field";

const schema = {
  type: "object",
  required: ["email", "current_plan", "agrees"],
  properties: {
    email: { type: "string", format: "email", title: "Customer" },
    current_plan: { type: "string", enum: ["free", "pro", "enterprise"] },
    seats: { type: "integer", minimum: 1, maximum: 50 },
    reasonWhy: { type: ["string", "null"], maxLength: 1000, description: "In your words" },
    agrees: { type: "boolean" },
    extras: { type: "array", items: { enum: ["sso", "audit"] } },
    refund: {
      oneOf: [
        { const: "card", title: "To the card" },
        { const: "credit", title: "As credit" },
      ],
    },
    when: { type: "string", format: "date-time" },
    meta: { type: "object" },
  },
};
const fields = readFields(schema);
const form = openForm(schema, {}, "en-US");
const opened = (asked: JsonObject, given: JsonObject = {}, locale = "en-US") => {
  const other = openForm(asked, given, locale);
  return {
    draft: initialDraft(other),
    collect: (draft = {}) => collectValues(other, { ...initialDraft(other), ...draft }),
  };
};

describe("F-23 a form from a JSON Schema", () => {
  it("asks each property in the simplest way", () => {
    expect(fields.map((field) => [field.name, field.kind, field.label])).toEqual([
      ["email", "email", "Customer"],
      ["current_plan", "choice", "Current plan"],
      ["seats", "integer", "Seats"],
      ["reasonWhy", "long_text", "Reason why"],
      ["agrees", "yes_no", "Agrees"],
      ["extras", "choices", "Extras"],
      ["refund", "choice", "Refund"],
      ["when", "date_time", "When"],
      ["meta", "json", "Meta"],
    ]);
    expect(fields.map((field) => field.required)).toEqual([true, true, false, false, true, false, false, false, false]);
  });

  it("collects typed values and leaves out what is empty", () => {
    const draft = {
      ...initialDraft(form),
      email: " jane@acme.com ",
      current_plan: "1",
      seats: "5",
      extras: [1],
      agrees: true,
      refund: "0",
    };
    expect(collectValues(form, draft)).toEqual({
      values: {
        email: "jane@acme.com",
        current_plan: "pro",
        seats: 5,
        extras: ["audit"],
        agrees: true,
        refund: "card",
      },
      problems: {},
    });
  });

  it("A41 keeps a date and time with the offset of whoever wrote it", () => {
    // Tests run in Asia/Kathmandu, which is 5 h 45 min ahead.
    const { values } = collectValues(form, {
      ...initialDraft(form),
      email: "jane@acme.com",
      current_plan: "0",
      agrees: false,
      when: "2026-11-21T14:00",
    });
    expect(values.when).toBe("2026-11-21T14:00:00+05:45");
    expect(initialDraft(openForm(schema, { when: "2026-11-21T08:15:00.000Z" }, "en")).when).toBe("2026-11-21T14:00");
  });

  it("says in plain words what is wrong", () => {
    const { problems } = collectValues(form, { ...initialDraft(form), email: "jane", seats: "51", meta: "{" });
    expect(problems).toEqual({
      email: "This must be an e-mail address such as name@example.com.",
      current_plan: "Choose one.",
      agrees: "Choose yes or no.",
      seats: "This must be 50 or less.",
      meta: "This is not valid JSON. Check quotes, commas and brackets.",
    });
  });

  it("refuses half a seat", () => {
    const { problems } = collectValues(form, {
      ...initialDraft(form),
      email: "jane@acme.com",
      current_plan: "0",
      agrees: false,
      seats: "1.5",
    });
    expect(problems).toEqual({ seats: "This must be a whole number." });
  });

  it("starts from given values and defaults", () => {
    const properties = { plan: { enum: ["pro", "max"], default: "max" }, note: { type: "string" } };
    expect(opened({ properties }, { note: "hello" }).draft).toEqual({ plan: "1", note: "hello" });
  });

  it("survives a schema that is none", () => {
    expect(readFields({})).toEqual([]);
    expect(readFields({ properties: { odd: true } })[0]?.kind).toBe("json");
  });
});

describe("K15 a form neither invents nor bends answers", () => {
  it("leaves unanswered what nobody answered", () => {
    const properties = {
      news: { type: "boolean" },
      seats: { type: "number" },
      note: { type: "string" },
      plan: { enum: ["a", "b"] },
      extras: { type: "array", items: { enum: ["x"] } },
    };
    expect(opened({ properties }).collect()).toEqual({ values: {}, problems: {} });
    expect(opened({ properties }).collect({ news: false })).toEqual({ values: { news: false }, problems: {} });
  });

  it("asks for consent with a box that nobody ticked before", () => {
    const consent = { required: ["terms"], properties: { terms: { type: "boolean", const: true } } };
    const { draft, collect } = opened(consent);
    expect(draft).toEqual({ terms: false });
    expect(collect().problems).toEqual({ terms: "Please tick this box to go on." });
    expect(collect({ terms: true })).toEqual({ values: { terms: true }, problems: {} });
    expect(opened({ properties: consent.properties }).collect()).toEqual({ values: {}, problems: {} });
  });

  it("A20 nobody's consent is ticked in advance: not by a default, not by the workflow", () => {
    const terms = { type: "boolean", const: true, default: true, title: "I agree" };
    const only = { type: "boolean", enum: [true] };
    const asked = { required: ["terms"], properties: { terms, only } };
    const { draft, collect } = opened(asked, { terms: true, only: true });
    expect(readFields(asked).map(({ kind }) => kind)).toEqual(["consent", "consent"]);
    expect(draft).toEqual({ terms: false, only: false });
    expect(collect()).toEqual({ values: {}, problems: { terms: "Please tick this box to go on." } });
    expect(collect({ terms: true, only: true }).values).toEqual({ terms: true, only: true });
  });

  it("A20 a yes or no is answered in advance only where its author says so", () => {
    const properties = { plain: { type: "boolean" }, said: { type: "boolean", default: true } };
    expect(opened({ properties }).draft).toEqual({ plain: "", said: true });
  });

  it("A24 what other answers make necessary is missing in the words of its question", () => {
    const asked = {
      properties: { company: { type: "boolean" }, vat: { type: "string" }, terms: { type: "boolean", const: true } },
      if: { properties: { company: { const: true } }, required: ["company"] },
      then: { required: ["vat", "terms"] },
    };
    expect(opened(asked).collect({ company: true }).problems).toEqual({
      vat: "Fill this in.",
      terms: "Please tick this box to go on.",
    });
  });

  it("does not answer with what the schema demands", () => {
    expect(opened({ properties: { version: { const: "v2" } } }).collect()).toEqual({ values: {}, problems: {} });
  });

  it("sends what was filled in before as it was, to the second and the digit", () => {
    const properties = {
      at: { type: "string", format: "date-time" },
      amount: { type: "number" },
      note: { type: "string" },
      agrees: { type: "boolean" },
      option: { enum: [{ id: 1 }, { id: 2 }] },
      meta: { type: "object" },
    };
    const given = {
      at: "2026-11-21T08:15:42+02:00",
      amount: 1234.5,
      note: " as it was ",
      agrees: false,
      option: { id: 2 },
      meta: { b: 1, a: [] },
    };
    expect(opened({ properties }, given, "de-DE").draft).toMatchObject({ amount: "1.234,5" });
    expect(opened({ properties }, given, "de-DE").collect()).toEqual({ values: given, problems: {} });
  });

  it("reads numbers by the person's language, and says what cannot be read", () => {
    const asked = { properties: { amount: { type: "number" } } };
    expect(opened(asked, {}, "de-DE").collect({ amount: "1.234,50" }).values).toEqual({ amount: 1234.5 });
    expect(opened(asked).collect({ amount: "0x1F" }).problems).toEqual({
      amount: "Write a number in digits, such as 1,234.5.",
    });
  });

  it("takes no blank for an answer, and no day that does not exist", () => {
    const properties = { why: { type: "string", maxLength: 1000 }, at: { type: "string", format: "date-time" } };
    expect(opened({ required: ["why"], properties }).collect({ why: " \n", at: "2027-02-30T10:00" }).problems).toEqual({
      why: "Fill this in.",
      at: "This time does not exist. Check the day and the hour.",
    });
    expect(
      opened({ properties: { day: { type: "string", format: "date" } } }).collect({ day: "2027-02-30" }),
    ).toMatchObject({ problems: { day: "This must be a date such as 2026-11-20." } });
  });

  it("K9 sends nothing that was filled in but not asked", () => {
    expect(opened({ properties: { a: { type: "string" } } }, { a: "x", limit: 9 }).collect().values).toEqual({
      a: "x",
    });
  });

  it("follows references, and says the same as the API at nested places", () => {
    const asked = {
      properties: { plan: { $ref: "#/$defs/plan" }, meta: { $ref: "#/$defs/meta" } },
      $defs: { plan: { enum: ["a", "b"] }, meta: { type: "object", properties: { n: { type: "integer" } } } },
    };
    expect(readFields(asked).map(({ kind }) => kind)).toEqual(["choice", "group"]);
    expect(opened(asked).collect({ plan: "1", meta: { n: "1.5" } })).toEqual({
      values: { plan: "b", meta: { n: 1.5 } },
      problems: { "meta.n": "This must be a whole number." },
    });
  });

  it("K6 takes a pattern with a backslash that need not be there", () => {
    const asked = { properties: { code: { type: "string", pattern: "^[A-Z]{2}\\-\\d{4}$" } } };
    expect(opened(asked).collect({ code: "AT-1234" }).problems).toEqual({});
    expect(Object.keys(opened(asked).collect({ code: "AT1234" }).problems)).toEqual(["code"]);
  });
});
