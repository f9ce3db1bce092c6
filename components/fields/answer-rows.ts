import type { Json, JsonObject } from "@/core/json";
import { ownField, sameJson } from "@/core/json-guard";
import { readFields, type FormField } from "./form-field";
import { fittingEntries } from "./kept-draft";
import type { FormDraft } from "./form-draft";
import { showNumber } from "./number-text";

/** An answer as whoever gave it reads it again. */
export interface AnswerRow {
  label: string;
  value: string;
}

/** What stands instead of an answer that nobody is to read over a shoulder. */
export const notShown = "Not shown";

/** What was sent, by its questions; `hidden`: those whose answers are sensitive. What was not asked or not answered is left out. */
export function answerRows(
  schema: Record<string, unknown>,
  values: JsonObject,
  { locale, hidden = [] }: { locale: string; hidden?: readonly string[] },
): AnswerRow[] {
  return readFields(schema).flatMap((field) => {
    const value = ownField(values, field.name);
    if (value === undefined || value === null || value === "") return [];
    const isHidden = field.sensitive || hidden.includes(field.name);
    return [{ label: field.label, value: isHidden ? notShown : valueWords(field, value, locale) }];
  });
}

/** What was typed and never sent, from what the browser kept of it. */
export function typedRows(schema: Record<string, unknown>, kept: Json): AnswerRow[] {
  const fields = readFields(schema);
  const entries = fittingEntries(fields, kept);
  return fields.flatMap((field) => {
    const words = entryWords(field, entries[field.name] ?? "");
    return words === "" ? [] : [{ label: field.label, value: words }];
  });
}

function valueWords(field: FormField, value: Json, locale: string): string {
  if (Array.isArray(value) && field.kind === "choices") return value.map((each) => optionWords(field, each)).join(", ");
  if (field.kind === "choice") return optionWords(field, value);
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number") return showNumber(value, locale);
  if (typeof value !== "string") return JSON.stringify(value, null, 2);
  const at = field.kind === "date_time" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? value : localTime(at, locale);
}

function entryWords(field: FormField, entry: FormDraft[string]): string {
  if (typeof entry === "boolean") return entry ? "Yes" : "No";
  if (Array.isArray(entry)) return entry.flatMap((position) => field.options[position]?.label ?? []).join(", ");
  if (field.kind === "choice" && entry !== "") return field.options[Number(entry)]?.label ?? "";
  return field.kind === "date_time" ? entry.replace("T", " ") : entry;
}

function optionWords({ options }: FormField, value: Json): string {
  const option = options.find((each) => sameJson(each.value, value));
  return option?.label ?? (typeof value === "string" ? value : JSON.stringify(value));
}

function localTime(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(at);
}
