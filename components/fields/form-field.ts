import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { isConsent } from "@/core/schema/consent";
import { localTarget } from "@/core/schema/local-refs";
import { orderedProperties } from "@/core/schema/property-order";

export type FieldKind =
  | "text"
  | "long_text"
  | "email"
  | "url"
  | "phone"
  | "date"
  | "date_time"
  | "number"
  | "integer"
  | "yes_no"
  | "consent"
  | "choice"
  | "choices"
  | "json";

/** One question of a form, read from a JSON Schema property. */
export interface FormField {
  name: string;
  label: string;
  hint: string | null;
  kind: FieldKind;
  required: boolean;
  options: { value: Json; label: string }[];
  minimum: number | null;
  maximum: number | null;
  maxLength: number | null;
  initial: Json | undefined;
  /** A password, or marked as secret by whoever asks: never kept in the browser, never shown again. */
  sensitive: boolean;
  schema: JsonObject;
}

/** The questions of an object schema, in its order. What cannot be asked more simply is asked as JSON. */
export function readFields(schema: Record<string, unknown>): FormField[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return orderedProperties(schema).map(([name, property]) =>
    readField(name, isJsonObject(property) ? resolved(schema, property) : {}, required.includes(name)),
  );
}

/** With what its reference says; what stands beside the reference wins. */
function resolved(root: Record<string, unknown>, property: JsonObject): JsonObject {
  // A schema is a JSON document.
  const target = typeof property.$ref === "string" ? localTarget(root as JsonObject, property.$ref) : undefined;
  return isJsonObject(target) ? { ...target, ...property } : property;
}

function readField(name: string, schema: JsonObject, required: boolean): FormField {
  return {
    name,
    label: textOf(schema.title) ?? words(name),
    hint: textOf(schema.description),
    kind: kindOf(schema),
    required,
    options: optionsOf(isChoices(schema) && isJsonObject(schema.items) ? schema.items : schema),
    minimum: numberOf(schema.minimum),
    maximum: numberOf(schema.maximum),
    maxLength: numberOf(schema.maxLength),
    initial: schema.default,
    sensitive: schema.format === "password" || schema.writeOnly === true || schema["x-sensitive"] === true,
    schema,
  };
}

function kindOf(schema: JsonObject): FieldKind {
  const type = typeOf(schema);
  if (isChoices(schema)) return "choices";
  if (isConsent(schema)) return "consent";
  if (optionsOf(schema).length > 0) return "choice";
  if (type === "boolean") return "yes_no";
  if (type === "number" || type === "integer") return type;
  if (type !== "string") return "json";
  const long =
    schema.format === "textarea" || schema["x-multiline"] === true || (numberOf(schema.maxLength) ?? 0) > 200;
  return textFormats[textOf(schema.format) ?? ""] ?? (long ? "long_text" : "text");
}

const textFormats: Record<string, FieldKind | undefined> = {
  email: "email",
  uri: "url",
  url: "url",
  phone: "phone",
  tel: "phone",
  date: "date",
  "date-time": "date_time",
};

function isChoices(schema: JsonObject): boolean {
  return typeOf(schema) === "array" && isJsonObject(schema.items) && optionsOf(schema.items).length > 0;
}

function optionsOf(schema: JsonObject): FormField["options"] {
  if (Array.isArray(schema.enum))
    return schema.enum.map((value) => ({
      value,
      label: shown(value),
    }));
  // What must be so is still for the person to say.
  if (schema.const !== undefined && schema.const !== true) return [{ value: schema.const, label: shown(schema.const) }];
  const listed = Array.isArray(schema.oneOf) ? schema.oneOf : Array.isArray(schema.anyOf) ? schema.anyOf : [];
  const options = listed.flatMap((option) =>
    isJsonObject(option) && option.const !== undefined
      ? [{ value: option.const, label: textOf(option.title) ?? JSON.stringify(option.const) }]
      : [],
  );
  return options.length === listed.length ? options : [];
}

function shown(value: Json): string {
  return typeof value === "string" ? words(value) : JSON.stringify(value);
}

/** The type that is not null: `["string", "null"]` is a text that may be left out. */
function typeOf(schema: JsonObject): string | null {
  const type = Array.isArray(schema.type) ? schema.type.find((each) => each !== "null") : schema.type;
  return textOf(type);
}

/** `current_plan` and `currentPlan` -> "Current plan". */
function words(name: string): string {
  const spaced = name
    .replaceAll(/[_-]+/g, " ")
    .replaceAll(/([a-z\d])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
