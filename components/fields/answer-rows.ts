import { filesIn, type FileAnswer } from "@/core/contracts/file";
import type { Json, JsonObject } from "@/core/json";
import { isJsonObject, ownField, sameJson } from "@/core/json-guard";
import { readFields, type FormField } from "./form-field";
import { fileWords, isFileKind, readFileEntries } from "./file-entry";
import { fittingEntries } from "./kept-draft";
import type { FormDraft, FormEntry } from "./form-draft";
import { showNumber } from "./number-text";

/** An answer as whoever gave it reads it again. */
export interface AnswerRow {
  label: string;
  value: string;
  /** Whoever may open them does so. */
  files?: readonly FileAnswer[];
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
    const files = isHidden ? [] : filesIn(value);
    return [
      {
        label: field.label,
        value: isHidden ? notShown : valueWords(field, value, locale),
        ...(files.length > 0 && { files }),
      },
    ];
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
  if (isFileKind(field.kind)) return [value].flat().map(fileWords).join("\n");
  if (Array.isArray(value) && field.kind === "choices") return value.map((each) => optionWords(field, each)).join(", ");
  if (Array.isArray(value) && field.kind === "list")
    return value.map((item, at) => numbered(at, withinWords(field, item, locale))).join("\n");
  if (isJsonObject(value) && field.fields.length > 0) return withinWords(field, value, locale).join("\n");
  if (field.kind === "choice") return optionWords(field, value);
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number")
    return field.kind === "money" ? moneyWords(value, field, locale) : showNumber(value, locale);
  if (typeof value !== "string") return JSON.stringify(value, null, 2);
  const at = field.kind === "date_time" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? value : localTime(at, locale);
}

/** What stands in a group, or in one item of a list: a line each. */
function withinWords({ fields }: FormField, value: Json, locale: string): string[] {
  return fields.flatMap((field) => {
    const own = field.name === "" ? value : isJsonObject(value) ? ownField(value, field.name) : undefined;
    if (own === undefined || own === null || own === "") return [];
    const words = field.sensitive ? notShown : valueWords(field, own, locale);
    return [field.name === "" ? words : `${field.label}: ${words}`];
  });
}

function entryWords(field: FormField, entry: FormEntry): string {
  if (typeof entry === "boolean") return entry ? "Yes" : "No";
  if (isFileKind(field.kind)) return readFileEntries(entry).map(fileWords).join("\n");
  if (typeof entry === "string") {
    if (field.kind === "choice" && entry !== "") return field.options[Number(entry)]?.label ?? "";
    return field.kind === "date_time" ? entry.replace("T", " ") : entry;
  }
  if (!Array.isArray(entry)) return entryLines(field, entry).join("\n");
  return field.kind === "list"
    ? entry.map((item, at) => numbered(at, typeof item === "object" ? entryLines(field, item) : [])).join("\n")
    : entry
        .flatMap((position) => (typeof position === "number" ? (field.options[position]?.label ?? []) : []))
        .join(", ");
}

function entryLines({ fields }: FormField, draft: FormDraft): string[] {
  return fields.flatMap((field) => {
    const words = entryWords(field, draft[field.name] ?? "");
    return words === "" ? [] : [field.name === "" ? words : `${field.label}: ${words}`];
  });
}

function numbered(at: number, lines: readonly string[]): string {
  return `${String(at + 1)}. ${lines.join(", ")}`;
}

function optionWords({ options }: FormField, value: Json): string {
  const option = options.find((each) => sameJson(each.value, value));
  return option?.label ?? (typeof value === "string" ? value : JSON.stringify(value));
}

/** All digits that were given, and at least those that the currency has. */
function moneyWords(value: number, { currency }: FormField, locale: string): string {
  try {
    const style = { style: "currency", currency: currency ?? "", currencyDisplay: "code" } as const;
    const least = new Intl.NumberFormat(locale, style).resolvedOptions().minimumFractionDigits ?? 2;
    return new Intl.NumberFormat(locale, { ...style, minimumFractionDigits: least, maximumFractionDigits: 15 })
      .format(value)
      .replaceAll("\u00a0", " ");
  } catch {
    return `${showNumber(value, locale)} ${currency ?? ""}`.trim();
  }
}

function localTime(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(at);
}
