import type { Json, JsonObject } from "@/core/json";
import { isJsonObject, ownField, sameJson } from "@/core/json-guard";
import { initialDraft, type FormDraft, type OpenForm } from "./form-draft";
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
    fields.flatMap((field): [string, FormDraft[string]][] => {
      const { asked, entry } = asEntry(ownField(kept, field.name));
      return entry !== null && !field.sensitive && asked === askedWith(field) ? [[field.name, entry]] : [];
    }),
  );
}

function asEntry(value: Json | undefined): { asked: Json; entry: FormDraft[string] | null } {
  const { asked = null, entry = null } = isJsonObject(value) ? value : {};
  if (typeof entry === "string" || typeof entry === "boolean") return { asked, entry };
  const isPositions = Array.isArray(entry) && entry.every((each) => typeof each === "number");
  return { asked, entry: isPositions ? entry : null };
}

/** What stands in a control means the same as long as these are the same: choices are kept by their positions. */
function askedWith({ kind, options }: FormField): string {
  return JSON.stringify([kind, ...options.map(({ value }) => value)]);
}
