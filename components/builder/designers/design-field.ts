import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { asksForFiles, attachmentQuestion } from "@/core/schema/attachment";
import { isConsent } from "@/core/schema/consent";
import { wordsOf } from "@/components/ui/name-words";

export const designTypes = [
  "text",
  "long_text",
  "number",
  "integer",
  "money",
  "yes_no",
  "consent",
  "choice",
  "choices",
  "date",
  "time",
  "date_time",
  "email",
  "phone",
  "url",
  "address",
  "file",
  "files",
  "signature",
] as const;
/** What can be asked of somebody whom a run asks; not of whoever starts one. */
export const onlyInRuns: ReadonlySet<DesignType> = new Set(["file", "files", "signature"]);
export type DesignType = (typeof designTypes)[number];

export const designTypeLabels: Record<DesignType, string> = {
  text: "Text",
  long_text: "Long text",
  number: "Number",
  integer: "Whole number",
  money: "Amount of money",
  yes_no: "Yes or no",
  consent: "Consent",
  choice: "Choice",
  choices: "Several choices",
  date: "Date",
  time: "Time of day",
  date_time: "Date and time",
  email: "E-mail",
  phone: "Phone",
  url: "Web address",
  address: "Postal address",
  file: "File",
  files: "Several files",
  signature: "Signature",
};

/** One question: a property of the schema as it stands, which is only changed where somebody edits it. */
export interface DesignField {
  key: string;
  schema: JsonObject;
  required: boolean;
  /** Asked only when another question is answered so; absent: always. */
  when?: FieldCondition;
}

/** Another question by its key, and the answer that it must have. */
export interface FieldCondition {
  key: string;
  value: Json;
}

const shapes: Record<DesignType, JsonObject> = {
  text: { type: "string" },
  long_text: { type: "string", format: "textarea" },
  number: { type: "number" },
  integer: { type: "integer" },
  money: { type: "number", "x-currency": "EUR" },
  consent: { type: "boolean", const: true },
  yes_no: { type: "boolean" },
  choice: { type: "string", enum: ["first", "second"] },
  choices: { type: "array", items: { type: "string", enum: ["first", "second"] }, uniqueItems: true },
  date: { type: "string", format: "date" },
  time: { type: "string", "x-kind": "time", pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$" },
  date_time: { type: "string", format: "date-time" },
  email: { type: "string", format: "email" },
  phone: { type: "string", "x-kind": "phone" },
  url: { type: "string", format: "uri" },
  address: {
    type: "object",
    "x-kind": "address",
    required: ["street", "postcode", "city", "country"],
    properties: {
      street: { type: "string", title: "Street and number" },
      postcode: { type: "string", title: "Postcode" },
      city: { type: "string", title: "City" },
      country: { type: "string", title: "Country" },
    },
    "x-order": ["street", "postcode", "city", "country"],
  },
  file: { type: "object", "x-kind": "file" },
  files: { type: "array", items: { type: "object", "x-kind": "file" } },
  signature: { type: "object", "x-kind": "signature" },
};

const formats: Readonly<Record<string, DesignType | undefined>> = {
  textarea: "long_text",
  date: "date",
  "date-time": "date_time",
  email: "email",
  phone: "phone",
  tel: "phone",
  uri: "url",
  url: "url",
};

const kinds: Readonly<Record<string, DesignType | undefined>> = { phone: "phone", time: "time" };

/** Null: a shape that the designer cannot draw (objects, lists of objects, alternatives); it stays as it is. */
export function typeOfField({ schema }: DesignField): DesignType | null {
  const type = plainType(schema);
  const attachment = attachmentQuestion(schema);
  if (attachment !== null) return attachment.kind;
  if (asksForFiles(schema) !== null) return "files";
  if (schema["x-kind"] === "address") return "address";
  if (isConsent(schema)) return "consent";
  if (optionsIn(schema) !== null) return "choice";
  if (type === "array") return isJsonObject(schema["items"]) && optionsIn(schema["items"]) !== null ? "choices" : null;
  if (type === "boolean") return "yes_no";
  if (type === "number" || type === "integer") return typeof schema["x-currency"] === "string" ? "money" : type;
  if (type !== "string") return null;
  if (schema["x-multiline"] === true) return "long_text";
  return kinds[textOf(schema["x-kind"])] ?? formats[textOf(schema["format"])] ?? "text";
}

export function labelOfField({ key, schema }: DesignField): string {
  return textOf(schema["title"]) || wordsOf(key);
}

/** Another type keeps what every type has: label, hint, whether it must be answered and whether the answer is hidden. */
export function withType(field: DesignField, type: DesignType): DesignField {
  const { title, description, "x-sensitive": hidden } = field.schema;
  const options = optionsOf(field);
  const made: DesignField = {
    ...field,
    schema: {
      ...(title === undefined ? {} : { title }),
      ...(description === undefined ? {} : { description }),
      ...(hidden === undefined ? {} : { "x-sensitive": hidden }),
      ...shapes[type],
    },
  };
  const wantsOptions = type === "choice" || type === "choices";
  return wantsOptions && options.length > 0 ? withOptions(made, options) : made;
}

export function withLabel(field: DesignField, label: string): DesignField {
  return { ...field, schema: withText(field.schema, "title", label) };
}

export function withHint(field: DesignField, hint: string): DesignField {
  return { ...field, schema: withText(field.schema, "description", hint) };
}

export function currencyOf({ schema }: DesignField): string {
  return textOf(schema["x-currency"]);
}

export function withCurrency(field: DesignField, currency: string): DesignField {
  return { ...field, schema: { ...field.schema, "x-currency": currency } };
}

export interface DesignOption {
  value: Json;
  label: string;
}

export function optionsOf({ schema }: DesignField): DesignOption[] {
  return optionsIn(schema) ?? (isJsonObject(schema["items"]) ? (optionsIn(schema["items"]) ?? []) : []);
}

/** Labels that say no more than the value are left out: then a plain `enum` will do. */
export function withOptions(field: DesignField, options: readonly DesignOption[]): DesignField {
  const { schema } = field;
  const inItems = plainType(schema) === "array" && isJsonObject(schema["items"]);
  const holder = inItems && isJsonObject(schema["items"]) ? schema["items"] : schema;
  const { enum: _enum, oneOf: _oneOf, anyOf: _anyOf, ...rest } = holder;
  const plain = options.every(({ value, label }) => label === plainLabel(value));
  const next: JsonObject = plain
    ? { ...rest, enum: options.map(({ value }) => value) }
    : { ...rest, oneOf: options.map(({ value, label }) => ({ const: value, title: label })) };
  return { ...field, schema: inItems ? { ...schema, items: next } : next };
}

export function plainLabel(value: Json): string {
  return typeof value === "string" ? wordsOf(value) : JSON.stringify(value);
}

function optionsIn(schema: JsonObject): DesignOption[] | null {
  if (Array.isArray(schema["enum"])) return schema["enum"].map((value) => ({ value, label: plainLabel(value) }));
  const listed = [schema["oneOf"], schema["anyOf"]].find((each): each is Json[] => Array.isArray(each));
  if (listed === undefined || listed.length === 0) return null;
  const options = listed.flatMap((option) =>
    isJsonObject(option) && option["const"] !== undefined
      ? [{ value: option["const"], label: textOf(option["title"]) || plainLabel(option["const"]) }]
      : [],
  );
  return options.length === listed.length ? options : null;
}

function withText(schema: JsonObject, key: "title" | "description", text: string): JsonObject {
  if (text !== "") return { ...schema, [key]: text };
  const { [key]: _taken, ...rest } = schema;
  return rest;
}

/** `["string", "null"]` is a text that may be left out. */
function plainType(schema: JsonObject): string {
  const { type } = schema;
  return textOf(Array.isArray(type) ? type.find((each) => each !== "null") : type);
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
