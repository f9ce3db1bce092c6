import type { Json, JsonObject } from "@/core/json";
import { answerProblems } from "@/core/schema/form-answers";
import { ownField, sameJson } from "@/core/json-guard";
import { readFields, type FormField } from "./form-field";
import { missingWords, placeProblems, type FormProblems } from "./form-problems";
import { readNumber, showNumber } from "./number-text";

/** What stands in the controls, before it is a value: empty where nothing is answered. Choices hold the positions of the options. */
export type FormDraft = Record<string, string | boolean | number[]>;

/** A form as somebody has it before them. */
export interface OpenForm {
  schema: JsonObject;
  fields: readonly FormField[];
  /** What is filled in already. */
  given: JsonObject;
  /** How the person writes numbers. */
  locale: string;
}

export function openForm(schema: JsonObject, given: JsonObject, locale: string): OpenForm {
  return { schema, fields: readFields(schema), given, locale };
}

export function initialDraft(form: OpenForm): FormDraft {
  return Object.fromEntries(
    form.fields.map((field) => [field.name, draftOf(field, givenFor(form, field), form.locale)]),
  );
}

/**
 * The values of a draft, or what is wrong with each field in plain words. What nobody answered is left out, and what nobody
 * changed is as it was given.
 */
export function collectValues(form: OpenForm, draft: FormDraft): { values: JsonObject; problems: FormProblems } {
  const answers: [string, Json][] = [];
  const problems: FormProblems = {};
  for (const field of form.fields) {
    const read = readAnswer(form, field, draft[field.name] ?? "");
    if (read.problem !== undefined) problems[field.name] = read.problem;
    else if (read.value !== undefined) answers.push([field.name, read.value]);
    else if (field.required) problems[field.name] = missingWords(field.kind);
  }
  const values = Object.fromEntries(answers);
  const misfits = placeProblems(form.fields, inFieldsWords(form, values));
  return { values, problems: { ...misfits, ...problems } };
}

/** A question that has to be answered because of other answers is missing in the same words as one that always has to be. */
function inFieldsWords({ schema, fields }: OpenForm, values: JsonObject): { path: string; message: string }[] {
  return answerProblems(schema, values).map(({ path, message }) => {
    const field = fields.find(({ name }) => name === path);
    const isMissing = field !== undefined && !Object.hasOwn(values, field.name);
    return { path, message: isMissing ? missingWords(field.kind) : message };
  });
}

/** Consent is the person's to give, whatever the schema or the workflow says beforehand. */
function givenFor({ given }: OpenForm, field: FormField): Json | undefined {
  if (field.kind === "consent") return undefined;
  return ownField(given, field.name) ?? field.initial;
}

type Read = { value?: Json | undefined; problem?: undefined } | { value?: undefined; problem: string };

function readAnswer(form: OpenForm, field: FormField, entry: FormDraft[string]): Read {
  const given = givenFor(form, field);
  const isShown = entry !== "" && !(Array.isArray(entry) && entry.length === 0);
  const isUnchanged = isShown && given !== undefined && sameJson(entry, draftOf(field, given, form.locale));
  // Read back from the control, a time would lose its seconds and a number its zeros.
  return isUnchanged && field.kind !== "choices" ? { value: given } : valueOf(field, entry, form.locale);
}

function valueOf(field: FormField, entry: FormDraft[string], locale: string): Read {
  if (field.kind === "yes_no") return typeof entry === "boolean" ? { value: entry } : {};
  if (field.kind === "consent") return entry === true ? { value: true } : {};
  if (Array.isArray(entry))
    return entry.length === 0 ? {} : { value: entry.flatMap((position) => field.options[position]?.value ?? []) };
  const text = String(entry).trim();
  if (text === "") return {};
  if (field.kind === "choice") return { value: field.options[Number(text)]?.value };
  if (field.kind === "number" || field.kind === "integer") {
    const read = readNumber(text, locale);
    return read.ok ? { value: read.value } : { problem: read.problem };
  }
  if (field.kind === "date_time") return localTime(text);
  if (field.kind === "json") return parseJson(text);
  // Somebody laid out the lines of a long text.
  return { value: field.kind === "long_text" ? String(entry) : text };
}

function localTime(text: string): Read {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return { problem: "Enter a date and a time." };
  const iso = at.toISOString();
  // 30 February, and the hour that is skipped in spring, would silently become another time.
  return localDateTime(iso) === text.slice(0, 16)
    ? { value: iso }
    : { problem: "This time does not exist. Check the day and the hour." };
}

function parseJson(text: string): Read {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return { problem: "This is not valid JSON. Check quotes, commas and brackets." };
  }
}

function draftOf(field: FormField, value: Json | undefined, locale: string): FormDraft[string] {
  if (field.kind === "yes_no") return typeof value === "boolean" ? value : "";
  if (field.kind === "consent") return value === true;
  if (field.kind === "choices")
    return field.options.flatMap((option, position) =>
      Array.isArray(value) && value.some((each) => sameJson(each, option.value)) ? [position] : [],
    );
  if (value === undefined || value === null) return "";
  if (field.kind === "choice") {
    const position = field.options.findIndex((option) => sameJson(option.value, value));
    return position < 0 ? "" : String(position);
  }
  if ((field.kind === "number" || field.kind === "integer") && typeof value === "number")
    return showNumber(value, locale);
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
