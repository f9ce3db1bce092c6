import type { Json, JsonObject } from "@/core/json";

/** What was typed as what the schema asks for: `42` is a number where one is expected, and text where text is. */
export function readTyped(text: string, schema: JsonObject): Json {
  if (text.includes("${")) return text;
  const types = typesOf(schema);
  if (types.includes("string") || types.length === 0) return text;
  if (types.includes("number") || types.includes("integer")) {
    const number = Number(text);
    // "1." and "-" are on the way to a number; they stay text until they are one.
    if (text.trim() !== "" && Number.isFinite(number) && String(number) === text.trim()) return number;
  }
  if (types.includes("boolean") && (text === "true" || text === "false")) return text === "true";
  if (types.includes("object") || types.includes("array")) return structureOf(text);
  return text;
}

function structureOf(text: string): Json {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === "object" && value !== null ? value : text;
  } catch {
    return text;
  }
}

function typesOf(schema: JsonObject): string[] {
  const { type } = schema;
  if (typeof type === "string") return [type];
  return Array.isArray(type) ? type.filter((each) => typeof each === "string") : [];
}
