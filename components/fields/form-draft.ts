import { Validator } from "@cfworker/json-schema";
import type { Json, JsonObject } from "@/core/json";
import type { FormField } from "./form-field";

/** What stands in the controls, before it is a value. Choices hold the positions of the chosen options. */
export type FormDraft = Record<string, string | boolean | number[]>;

export type FormProblems = Record<string, string>;

export function initialDraft(fields: readonly FormField[], values: Record<string, unknown> = {}): FormDraft {
  return Object.fromEntries(fields.map((field) => [field.name, draftOf(field, values[field.name] ?? field.initial)]));
}

/** The values of a draft, or what is wrong with each field in plain words. Empty optional fields are left out. */
export function collectValues(
  fields: readonly FormField[],
  draft: FormDraft,
): { values: JsonObject; problems: FormProblems } {
  const values: JsonObject = {};
  const problems: FormProblems = {};
  for (const field of fields) {
    const read = valueOf(field, draft[field.name] ?? "");
    if (read.problem !== undefined) problems[field.name] = read.problem;
    else if (read.value !== undefined) values[field.name] = read.value;
    else if (field.required) problems[field.name] = missingWords(field);
  }
  return { values, problems };
}

type Read = { value?: Json; problem?: undefined } | { value?: undefined; problem: string };

function valueOf(field: FormField, entry: FormDraft[string]): Read {
  if (field.kind === "yes_no") return { value: entry === true };
  if (Array.isArray(entry))
    return entry.length === 0
      ? {}
      : checked(
          field,
          entry.flatMap((position) => field.options[position]?.value ?? []),
        );
  const text = String(entry).trim();
  if (text === "") return {};
  if (field.kind === "choice") return { value: field.options[Number(text)]?.value };
  if (field.kind === "number" || field.kind === "integer") {
    const number = Number(text);
    return Number.isFinite(number) ? checked(field, number) : { problem: "Enter a number." };
  }
  if (field.kind === "date_time")
    return Number.isNaN(Date.parse(text))
      ? { problem: "Enter a date and a time." }
      : checked(field, new Date(text).toISOString());
  if (field.kind === "json") return parseJson(field, text);
  return checked(field, text);
}

function parseJson(field: FormField, text: string): Read {
  try {
    const value = JSON.parse(text) as Json;
    return checked(field, value);
  } catch {
    return { problem: "This is not valid JSON. Check quotes, commas and brackets." };
  }
}

function checked(field: FormField, value: Json): Read {
  const { valid, errors } = new Validator(field.schema, "2020-12", false).validate(value);
  if (valid) return { value };
  const keyword = errors.at(-1)?.keyword ?? "";
  return { problem: problemWords[keyword]?.(field.schema) ?? "This does not fit. Check it and try again." };
}

/** A keyword's value as it stands in the sentence. */
function shown(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

const problemWords: Record<string, ((schema: JsonObject) => string) | undefined> = {
  format: (schema) => formatWords[shown(schema.format)] ?? "This does not have the right form.",
  minimum: (schema) => `Enter ${shown(schema.minimum)} or more.`,
  exclusiveMinimum: (schema) => `Enter more than ${shown(schema.exclusiveMinimum)}.`,
  maximum: (schema) => `Enter ${shown(schema.maximum)} or less.`,
  exclusiveMaximum: (schema) => `Enter less than ${shown(schema.exclusiveMaximum)}.`,
  multipleOf: (schema) => `Enter a multiple of ${shown(schema.multipleOf)}.`,
  minLength: (schema) => `Enter at least ${shown(schema.minLength)} characters.`,
  maxLength: (schema) => `Enter at most ${shown(schema.maxLength)} characters.`,
  pattern: () => "This does not have the right form.",
  type: (schema) =>
    schema.type === "integer" ? "Enter a whole number." : "This does not fit. Check it and try again.",
  minItems: (schema) => `Choose at least ${shown(schema.minItems)}.`,
  maxItems: (schema) => `Choose at most ${shown(schema.maxItems)}.`,
};

const formatWords: Record<string, string | undefined> = {
  email: "Enter an e-mail address, like name@example.com.",
  uri: "Enter a web address, like https://example.com.",
  date: "Enter a date.",
};

function missingWords(field: FormField): string {
  return field.kind === "choice" || field.kind === "choices" ? "Choose one." : "Fill this in.";
}

function draftOf(field: FormField, value: unknown): FormDraft[string] {
  if (field.kind === "yes_no") return value === true;
  if (field.kind === "choices")
    return field.options.flatMap((option, position) =>
      Array.isArray(value) && value.includes(option.value) ? [position] : [],
    );
  if (value === undefined || value === null) return "";
  if (field.kind === "choice") {
    const position = field.options.findIndex((option) => option.value === value);
    return position < 0 ? "" : String(position);
  }
  if (field.kind === "json") return JSON.stringify(value, null, 2);
  if (field.kind === "date_time" && typeof value === "string") return localDateTime(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** ISO time as the browser's date-time control wants it: local, without a zone. */
function localDateTime(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
