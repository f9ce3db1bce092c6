import type { Json } from "@/core/json";
import { isJsonObject, ownField, sameJson } from "@/core/json-guard";
import { isFileKind } from "./file-entry";
import type { FormField } from "./form-field";
import { showLocalDateTime, showTimeOfDay } from "./local-time";
import { showNumber } from "./number-text";

/** What stands in a control, before it is a value: empty where nothing is answered. Choices hold the positions of the options. */
export type FormEntry = string | boolean | number[] | FormDraft | FormDraft[];

/** What stands in the controls of several questions, by their names. */
export interface FormDraft {
  [name: string]: FormEntry;
}

/** What a control holds that nobody has touched. */
export function emptyEntry(field: FormField, locale: string): FormEntry {
  if (field.kind === "consent") return false;
  if (field.kind === "choices") return [];
  // A list that must have something shows its first entry at once.
  const first = field.required ? Math.max(1, field.minItems) : 0;
  if (field.kind === "list") return Array.from({ length: first }, () => emptyItem(field, locale));
  if (field.fields.length > 0) return emptyItem(field, locale);
  return "";
}

/** A group nobody has filled in, or another item of a list. */
export function emptyItem({ fields }: FormField, locale: string): FormDraft {
  return Object.fromEntries(fields.map((field) => [field.name, entryOf(field, initialOf(field), locale)]));
}

/** How a control shows a value. */
export function entryOf(field: FormField, value: Json | undefined, locale: string): FormEntry {
  const { kind, fields } = field;
  if (kind === "list") {
    if (!Array.isArray(value)) return emptyEntry(field, locale);
    return value.map((item) => draftOfItem(fields, item, locale));
  }
  if (fields.length > 0) return isJsonObject(value) ? draftOfItem(fields, value, locale) : emptyItem(field, locale);
  // A file belongs to the form that it was added to: what another answer says of one is asked anew.
  if (isFileKind(kind)) return "";
  if (kind === "yes_no") return typeof value === "boolean" ? value : "";
  if (kind === "consent") return value === true;
  if (kind === "choices")
    return field.options.flatMap((option, position) =>
      Array.isArray(value) && value.some((each) => sameJson(each, option.value)) ? [position] : [],
    );
  if (value === undefined || value === null) return "";
  if (kind === "choice") {
    const position = field.options.findIndex((option) => sameJson(option.value, value));
    return position < 0 ? "" : String(position);
  }
  if (typeof value === "number" && isNumeric(field)) return showNumber(value, locale);
  if (kind === "json") return JSON.stringify(value, null, 2);
  if (typeof value !== "string") return JSON.stringify(value);
  if (kind === "date_time") return showLocalDateTime(value);
  return kind === "time" ? showTimeOfDay(value) : value;
}

/** Whether somebody said anything there; a yes or no inside of a group counts, an unticked box does not. */
export function isAnswered(field: FormField, entry: FormEntry): boolean {
  if (typeof entry === "string") return entry.trim() !== "";
  if (typeof entry === "boolean") return field.kind !== "consent" || entry;
  if (Array.isArray(entry)) return entry.length > 0;
  return field.fields.some((inner) => isAnswered(inner, entry[inner.name] ?? ""));
}

export function isNumeric({ kind }: Pick<FormField, "kind">): boolean {
  return kind === "number" || kind === "integer" || kind === "money";
}

function draftOfItem(fields: readonly FormField[], value: Json, locale: string): FormDraft {
  return Object.fromEntries(
    fields.map((field) => {
      const own = field.name === "" ? value : isJsonObject(value) ? ownField(value, field.name) : undefined;
      return [field.name, entryOf(field, own, locale)];
    }),
  );
}

function initialOf({ kind, initial }: FormField): Json | undefined {
  return kind === "consent" ? undefined : initial;
}
