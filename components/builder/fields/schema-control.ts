import { asObject, type Json, type JsonObject } from "@/core/json";
import { wordsOf } from "@/components/ui/name-words";
import type { Control } from "@/core/workflow/form-layout";

/** The plainest control that can edit whatever a schema allows. For fields that no table of layouts describes. */
export function controlOf(schema: JsonObject): Control {
  const options = optionsOf(schema);
  if (options.length > 0) return { kind: "choice", options };
  switch (schema["type"]) {
    case "string":
      return { kind: "template" };
    case "number":
    case "integer":
      return {
        kind: "number",
        whole: schema["type"] === "integer",
        ...bound("min", schema["minimum"] ?? schema["exclusiveMinimum"]),
        ...bound("max", schema["maximum"] ?? schema["exclusiveMaximum"]),
      };
    case "boolean":
      return { kind: "yes_no", sentence: "Yes" };
    case "array":
      return asObject(schema["items"])["type"] === "string"
        ? { kind: "texts", add: "Add an entry" }
        : { kind: "value", schema };
    case "object":
      return schema["properties"] === undefined
        ? { kind: "key_values", keyLabel: "Name", add: "Add a field" }
        : { kind: "value", schema };
    default:
      return { kind: "value", schema };
  }
}

function optionsOf(schema: JsonObject): { value: string; label: string }[] {
  const values = schema["enum"];
  if (!Array.isArray(values)) return [];
  return values.flatMap((value) => (typeof value === "string" ? { value, label: wordsOf(value) } : []));
}

// A bound that says nothing (the largest safe integer of an `int`) is none.
function bound<K extends "min" | "max">(key: K, value: Json | undefined): Partial<Record<K, number>> {
  const made: Partial<Record<K, number>> = {};
  if (typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER) made[key] = value;
  return made;
}
