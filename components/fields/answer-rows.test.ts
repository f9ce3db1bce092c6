import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { answerRows, typedRows } from "./answer-rows";
import { initialDraft, openForm } from "./form-draft";
import { keptDraft } from "./kept-draft";

const schema: JsonObject = {
  type: "object",
  "x-order": ["plan", "amount"],
  properties: {
    amount: { type: "number", title: "Amount" },
    plan: { oneOf: [{ const: "pro", title: "Professional" }, { const: "free" }] },
    extras: { type: "array", items: { enum: ["sso", "audit_log"] } },
    agrees: { type: "boolean" },
    at: { type: "string", format: "date-time" },
    pin: { type: "string", format: "password", title: "PIN" },
    ssn: { type: "string", title: "SSN" },
    note: { type: "string" },
  },
};

describe("A42 the copy of what was sent", () => {
  it("reads like the form: its labels, its order, its options; what is sensitive is not shown", () => {
    const values = {
      note: "",
      extras: ["audit_log"],
      amount: 1234.5,
      plan: "pro",
      agrees: false,
      at: "2026-11-21T08:15:00.000Z",
      pin: "1234",
      ssn: "078-05-1120",
      stray: "not asked",
    };
    // Tests run in Asia/Kathmandu, which is 5 h 45 min ahead.
    expect(answerRows(schema, values, { locale: "en-GB", hidden: ["ssn"] })).toEqual([
      { label: "Plan", value: "Professional" },
      { label: "Amount", value: "1,234.5" },
      { label: "Extras", value: "Audit log" },
      { label: "Agrees", value: "No" },
      { label: "At", value: "21 Nov 2026, 14:00" },
      { label: "PIN", value: "Not shown" },
      { label: "SSN", value: "Not shown" },
    ]);
  });

  it("A45 what was typed and not sent stays readable", () => {
    const form = openForm(schema, {}, "en");
    const draft = {
      ...initialDraft(form),
      plan: "1",
      extras: [0],
      amount: "12,",
      at: "2026-11-21T14:00",
      agrees: true,
    };
    expect(typedRows(schema, keptDraft(form, draft))).toEqual([
      { label: "Plan", value: '"free"' },
      { label: "Amount", value: "12," },
      { label: "Extras", value: "Sso" },
      { label: "Agrees", value: "Yes" },
      { label: "At", value: "2026-11-21 14:00" },
    ]);
    expect(typedRows(schema, null)).toEqual([]);
  });
});
