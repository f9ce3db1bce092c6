import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { initialDraft, openForm } from "./form-draft";
import { fittingEntries, keptDraft } from "./kept-draft";

const properties: JsonObject = {
  name: { type: "string" },
  plan: { enum: ["free", "pro"] },
  extras: { type: "array", items: { enum: ["sso", "audit"] } },
  agrees: { type: "boolean" },
  pin: { type: "string", format: "password" },
  ssn: { type: "string" },
};
const formOf = (asked: JsonObject) => openForm({ type: "object", properties: asked }, { name: "Jane" }, "en");
const form = formOf(properties);
const typed = { ...initialDraft(form), plan: "1", extras: [1], agrees: false, pin: "1234", ssn: "078-05-1120" };

describe("A24 the draft of a form", () => {
  it("keeps what somebody changed, and nothing secret", () => {
    const kept = keptDraft(form, typed, ["ssn"]);
    expect(Object.keys(kept)).toEqual(["plan", "extras", "agrees"]);
    expect(fittingEntries(form.fields, kept)).toEqual({ plan: "1", extras: [1], agrees: false });
    expect(keptDraft(form, initialDraft(form))).toEqual({});
  });

  it("also keeps that somebody took out what was filled in already", () => {
    expect(fittingEntries(form.fields, keptDraft(form, { ...typed, name: "" }))).toMatchObject({ name: "" });
  });

  it("of an older form takes only what is asked in the same way", () => {
    const kept = keptDraft(form, { ...typed, name: "Jo" });
    const newer = formOf({
      name: { type: "string", title: "Your name" },
      // Other choices: position 1 would be another plan.
      plan: { enum: ["free", "team", "pro"] },
      agrees: { type: "string" },
      added: { type: "string" },
    });
    expect(fittingEntries(newer.fields, kept)).toEqual({ name: "Jo" });
    const secretNow = formOf({ ...properties, ssn: { type: "string", "x-sensitive": true } });
    expect(fittingEntries(secretNow.fields, kept)).not.toHaveProperty("ssn");
  });

  it("takes nothing from what is no draft", () => {
    for (const odd of [null, "x", [1], { name: "Jane" }, { name: { asked: "x", entry: {} } }])
      expect(fittingEntries(form.fields, odd)).toEqual({});
  });
});
