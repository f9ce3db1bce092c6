import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { askableSchema, askedSchema } from "@/core/schema/asked-schema";
import { isSecretQuestion } from "@/core/schema/secret-question";
import { localTarget } from "@/core/schema/local-refs";
import { orderedProperties } from "@/core/schema/property-order";
import { fieldKind, isChoices, schemaOptions, type FieldKind, type FieldOption } from "./field-kind";
import { wordsOf } from "@/components/ui/name-words";

export type { FieldKind } from "./field-kind";

/** One question of a form, read from a JSON Schema property. */
export interface FormField {
  /** Within the form, its group, or its list; empty for the item of a list of plain values. */
  name: string;
  label: string;
  hint: string | null;
  kind: FieldKind;
  required: boolean;
  options: FieldOption[];
  /** The questions of a group, or of each item of a list. */
  fields: readonly FormField[];
  /** Of a list: how many items there are at least and at most. */
  minItems: number;
  maxItems: number | null;
  minimum: number | null;
  maximum: number | null;
  maxLength: number | null;
  /** Of money: as ISO 4217 says it. */
  currency: string | null;
  initial: Json | undefined;
  /** A password, or marked as secret by whoever asks: never kept in the browser, never shown again. */
  sensitive: boolean;
  schema: JsonObject;
}

/** All questions of an object schema, in its order, also those that depend on what is answered. */
export function readFields(schema: Record<string, unknown>): FormField[] {
  // A schema is a JSON document.
  return fieldsOf(askableSchema(schema as JsonObject), schema as JsonObject, 0);
}

/** The questions that are asked of somebody who answered this much, and must be answered now. */
export function askedFields(schema: JsonObject, values: JsonObject): FormField[] {
  return fieldsOf(askedSchema(schema, values), schema, 0);
}

function fieldsOf(schema: JsonObject, root: JsonObject, depth: number): FormField[] {
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return orderedProperties(schema).map(([name, property]) =>
    readField(name, { schema: property, root, depth, required: required.includes(name) }),
  );
}

/** With what its reference says; what stands beside the reference wins. */
function resolved(root: JsonObject, property: Json): JsonObject {
  if (!isJsonObject(property)) return {};
  const target = typeof property["$ref"] === "string" ? localTarget(root, property["$ref"]) : undefined;
  return isJsonObject(target) ? { ...target, ...property } : property;
}

function readField(
  name: string,
  { schema: written, root, depth, required }: { schema: Json; root: JsonObject; depth: number; required: boolean },
): FormField {
  const schema = withItems(root, resolved(root, written));
  const kind = fieldKind(schema, depth);
  const fields = innerFields(kind, schema, root, depth);
  const { items } = schema;
  return {
    name,
    label: textOf(schema["title"]) ?? wordsOf(name),
    hint: textOf(schema["description"]),
    kind,
    required,
    options: schemaOptions(isChoices(schema) && isJsonObject(items) ? items : schema),
    fields,
    minItems: numberOf(schema["minItems"]) ?? 0,
    maxItems: numberOf(schema["maxItems"]),
    minimum: numberOf(schema["minimum"]),
    maximum: numberOf(schema["maximum"]),
    maxLength: numberOf(schema["maxLength"]),
    currency: textOf(schema["x-currency"]),
    initial: schema["default"],
    sensitive: isSecretQuestion(schema) || fields.some((field) => field.sensitive),
    schema,
  };
}

function innerFields(kind: FieldKind, schema: JsonObject, root: JsonObject, depth: number): FormField[] {
  if (kind === "group" || kind === "address") return fieldsOf(schema, root, depth + 1);
  const { items } = schema;
  if (kind !== "list" || !isJsonObject(items)) return [];
  const itemKind = fieldKind(items, depth + 1);
  if (itemKind === "group" || itemKind === "address") return fieldsOf(items, root, depth + 1);
  const label = textOf(items["title"]) ?? textOf(schema["title"]) ?? "Entry";
  return [readField("", { schema: { ...items, title: label }, root, depth: depth + 1, required: true })];
}

/** The items of a list may be said somewhere else, too. */
function withItems(root: JsonObject, schema: JsonObject): JsonObject {
  const { items } = schema;
  return isJsonObject(items) && typeof items["$ref"] === "string"
    ? { ...schema, items: resolved(root, items) }
    : schema;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
