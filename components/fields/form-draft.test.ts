import { describe, expect, it } from "vitest";
import { collectValues, initialDraft } from "./form-draft";
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
      ...initialDraft(fields),
      email: " jane@acme.com ",
      current_plan: "1",
      seats: "5",
      extras: [1],
      agrees: true,
      refund: "0",
    };
    expect(collectValues(fields, draft)).toEqual({
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

  it("reads a local date and time as UTC", () => {
    // Tests run in Asia/Kathmandu, which is 5 h 45 min ahead.
    const { values } = collectValues(fields, {
      ...initialDraft(fields),
      email: "jane@acme.com",
      current_plan: "0",
      when: "2026-11-21T14:00",
    });
    expect(values.when).toBe("2026-11-21T08:15:00.000Z");
    expect(initialDraft(fields, { when: "2026-11-21T08:15:00.000Z" }).when).toBe("2026-11-21T14:00");
  });

  it("says in plain words what is wrong", () => {
    const { problems } = collectValues(fields, { ...initialDraft(fields), email: "jane", seats: "51", meta: "{" });
    expect(problems).toEqual({
      email: "Enter an e-mail address, like name@example.com.",
      current_plan: "Choose one.",
      seats: "Enter 50 or less.",
      meta: "This is not valid JSON. Check quotes, commas and brackets.",
    });
  });

  it("refuses half a seat", () => {
    const { problems } = collectValues(fields, {
      ...initialDraft(fields),
      email: "jane@acme.com",
      current_plan: "0",
      seats: "1.5",
    });
    expect(problems).toEqual({ seats: "Enter a whole number." });
  });

  it("starts from given values and defaults", () => {
    const withDefault = readFields({
      properties: { plan: { enum: ["pro", "max"], default: "max" }, note: { type: "string" } },
    });
    expect(initialDraft(withDefault, { note: "hello" })).toEqual({ plan: "1", note: "hello" });
  });

  it("survives a schema that is none", () => {
    expect(readFields({})).toEqual([]);
    expect(readFields({ properties: { odd: true } })[0]?.kind).toBe("json");
  });
});
