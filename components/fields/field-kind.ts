import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { asksForFiles, attachmentQuestion, isUnreadable } from "@/core/schema/attachment";
import { isConsent } from "@/core/schema/consent";
import { isPhone } from "@/core/schema/kind-problems";
import { orderedProperties } from "@/core/schema/property-order";
import { wordsOf } from "@/components/ui/name-words";

export type FieldKind =
  | "text"
  | "long_text"
  | "password"
  | "email"
  | "url"
  | "phone"
  | "date"
  | "time"
  | "date_time"
  | "number"
  | "integer"
  | "money"
  | "yes_no"
  | "consent"
  | "choice"
  | "choices"
  /** Several questions that belong together; `address` is one that the product knows. */
  | "group"
  | "address"
  /** The same questions again and again: order lines, guests. */
  | "list"
  | "file"
  | "files"
  | "signature"
  /** Bytes within the answer, which forms do not take. */
  | "unsupported"
  | "json";

export interface FieldOption {
  value: Json;
  label: string;
}

/** How a question is asked; what cannot be asked more simply is asked as JSON. `depth`: how many groups and lists it stands in. */
export function fieldKind(schema: JsonObject, depth = 0): FieldKind {
  const type = schemaType(schema);
  if (isUnreadable(schema)) return "unsupported";
  const attachment = attachmentQuestion(schema);
  if (attachment !== null) return attachment.kind;
  if (asksForFiles(schema) !== null) return "files";
  if (isChoices(schema)) return "choices";
  if (isConsent(schema)) return "consent";
  if (schemaOptions(schema).length > 0) return "choice";
  if (type === "boolean") return "yes_no";
  if (type === "number" || type === "integer") return typeof schema["x-currency"] === "string" ? "money" : type;
  if (type === "object")
    return canGroup(schema, depth) ? (schema["x-kind"] === "address" ? "address" : "group") : "json";
  if (type === "array") return isList(schema, depth) ? "list" : "json";
  if (type !== "string") return "json";
  if (isPhone(schema)) return "phone";
  if (schema["x-kind"] === "time") return "time";
  const format = textFormats[textOf(schema["format"]) ?? ""];
  const isLong =
    schema["format"] === "textarea" || schema["x-multiline"] === true || Number(schema["maxLength"] ?? 0) > 200;
  return format ?? (isLong ? "long_text" : "text");
}

/** What a choice lets choose; none where it is no choice. */
export function schemaOptions(schema: JsonObject): FieldOption[] {
  if (Array.isArray(schema["enum"])) return schema["enum"].map((value) => ({ value, label: shown(value) }));
  const only = schema["const"];
  // What must be so is still for the person to say.
  if (only !== undefined && only !== true) return [{ value: only, label: shown(only) }];
  const listed = Array.isArray(schema["oneOf"])
    ? schema["oneOf"]
    : Array.isArray(schema["anyOf"])
      ? schema["anyOf"]
      : [];
  const options = listed.flatMap((option) =>
    isJsonObject(option) && option["const"] !== undefined
      ? [{ value: option["const"], label: textOf(option["title"]) ?? JSON.stringify(option["const"]) }]
      : [],
  );
  return options.length === listed.length ? options : [];
}

export function isChoices(schema: JsonObject): boolean {
  const { items } = schema;
  return schemaType(schema) === "array" && isJsonObject(items) && schemaOptions(items).length > 0;
}

const textFormats: Partial<Record<string, FieldKind>> = {
  password: "password",
  email: "email",
  uri: "url",
  url: "url",
  date: "date",
  time: "time",
  "date-time": "date_time",
};

const maxDepth = 3;

function canGroup(schema: JsonObject, depth: number): boolean {
  const properties = orderedProperties(schema);
  const takesMore = schema["patternProperties"] !== undefined || isJsonObject(schema["additionalProperties"]);
  return depth < maxDepth && properties.length > 0 && !takesMore && properties.every(([, each]) => isJsonObject(each));
}

function isList({ items, prefixItems }: JsonObject, depth: number): boolean {
  if (!isJsonObject(items) || prefixItems !== undefined || depth >= maxDepth) return false;
  const kind = fieldKind(items, depth + 1);
  return kind !== "json" && kind !== "list" && kind !== "choices" && kind !== "unsupported" && kind !== "consent";
}

/** The type that is not null: `["string", "null"]` is a text that may be left out. */
function schemaType({ type }: JsonObject): string | null {
  return textOf(Array.isArray(type) ? type.find((each) => each !== "null") : type);
}

function shown(value: Json): string {
  return typeof value === "string" ? wordsOf(value) : JSON.stringify(value);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
