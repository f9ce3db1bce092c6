import type { Json, JsonObject } from "@/core/json";
import { readJson } from "@/components/builder/trigger-parts/json-text";

/** A mapped value as it stands in its field. */
export function mappedText(value: Json | undefined): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What was typed: a template or text stays text; for a field that is no text, JSON becomes its value. Empty: no value. */
export function readMapped(text: string, schema: JsonObject): Json | undefined {
  if (text === "") return undefined;
  const { type } = schema;
  if (type === undefined || type === "string" || (Array.isArray(type) && type.includes("string"))) return text;
  return readJson(text)?.value ?? text;
}
