import type { Json, JsonObject } from "@/core/json";
import { isJsonObject, ownField, sameJson } from "@/core/json-guard";
import { initialDraft, type FormDraft, type FormEntry, type OpenForm } from "./form-draft";
import type { FormField } from "./form-field";

/**
 * What of a draft may be kept in the browser: what somebody changed, with the question that it answers. `hidden`: fields that the
 * workflow calls sensitive; they are not kept, nor is what its schema calls so.
 */
export function keptDraft(form: OpenForm, draft: FormDraft, hidden: readonly string[] = []): JsonObject {
  const initial = initialDraft(form);
  return Object.fromEntries(
    form.fields.flatMap((field): [string, Json][] => {
      const entry = draft[field.name] ?? "";
      const isKept = !field.sensitive && !hidden.includes(field.name) && !sameJson(entry, initial[field.name] ?? "");
      return isKept ? [[field.name, { asked: askedWith(field), entry }]] : [];
    }),
  );
}

/** What was kept, for a form as it is now: a question that was asked in another way meanwhile is asked anew. */
export function fittingEntries(fields: readonly FormField[], kept: Json): FormDraft {
  if (!isJsonObject(kept)) return {};
  return Object.fromEntries(
    fields.flatMap((field): [string, FormEntry][] => {
      const held = ownField(kept, field.name);
      if (!isJsonObject(held) || field.sensitive || held["asked"] !== askedWith(field)) return [];
      const { entry = null } = held;
      return isEntryOf(field, entry) ? [[field.name, entry]] : [];
    }),
  );
}

/** Whether a value has the form of what stands in this field's control. */
function isEntryOf(field: FormField, entry: Json): entry is Json & FormEntry {
  if (field.kind === "list") return Array.isArray(entry) && entry.every((item) => isDraftOf(field.fields, item));
  if (field.fields.length > 0) return isDraftOf(field.fields, entry);
  if (field.kind === "choices") return Array.isArray(entry) && entry.every((each) => typeof each === "number");
  return typeof entry === "string" || typeof entry === "boolean";
}

function isDraftOf(fields: readonly FormField[], value: Json): boolean {
  return isJsonObject(value) && fields.every((field) => isEntryOf(field, ownField(value, field.name) ?? null));
}

/** What stands in a control means the same as long as these are the same: choices are kept by their positions. */
function askedWith({ kind, options, fields }: FormField): string {
  const within = fields.map((field) => [field.name, askedWith(field)]);
  return JSON.stringify([kind, ...options.map(({ value }) => value), ...within]);
}
