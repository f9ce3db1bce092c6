import { asObject, type Json, type JsonObject } from "@/core/json";
import { orderedProperties } from "@/core/schema/property-order";

/** An input that fits a schema at first sight: its examples, defaults and first choices, else a word per type. */
export function sampleInput(schema: JsonObject | undefined): JsonObject {
  return Object.fromEntries(
    orderedProperties(schema ?? {}).map(([name, property]) => [name, sampleValue(asObject(property), name)]),
  );
}

function sampleValue(schema: JsonObject, name: string): Json {
  const given = schema["default"] ?? schema["const"] ?? firstOf(schema["examples"]) ?? firstOf(schema["enum"]);
  if (given !== undefined) return given;
  const type = Array.isArray(schema["type"]) ? schema["type"][0] : schema["type"];
  if (type === "object") return sampleInput(schema);
  if (type === "string") return formats[textOf(schema["format"])] ?? name.replaceAll("_", " ");
  return plain[textOf(type)] ?? null;
}

const plain: Readonly<Record<string, Json>> = { number: 1, integer: 1, boolean: true, array: [] };
const formats: Readonly<Record<string, string>> = {
  email: "jane@acme.com",
  date: "2026-11-21",
  "date-time": "2026-11-21T09:00:00Z",
  uri: "https://example.com",
};

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function firstOf(list: Json | undefined): Json | undefined {
  return Array.isArray(list) ? list[0] : undefined;
}
