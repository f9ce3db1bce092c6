import type { JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import type { JsonPath } from "./cursor-place";
import type { LooseNode } from "./loose-json";

/** The schemas that may apply at a path of a text; unions of steps are narrowed by the `type` that stands there. */
export function schemasAt(root: JsonObject, path: JsonPath, text: LooseNode | null): JsonObject[] {
  let schemas = expand(root, root);
  let node = text;
  for (const key of path) {
    const narrowed = narrow(schemas, node);
    schemas = narrowed.flatMap((schema) => childSchemas(schema, key)).flatMap((schema) => expand(root, schema));
    node = childNode(node, key);
  }
  return narrow(schemas, node);
}

/** What a schema says of a field, in one line: `text`, `one of "a", "b"`, `object`. */
export function typeWords(schemas: readonly JsonObject[]): string {
  const words = schemas.flatMap((schema) => {
    const values = allowedValues(schema);
    if (values.length > 0)
      return values.length > 8
        ? [`one of ${String(values.length)} values`]
        : values.map((value) => JSON.stringify(value));
    const { type } = schema;
    return typeof type === "string" ? [typeNames[type] ?? type] : [];
  });
  return [...new Set(words)].join(" | ");
}

export function allowedValues(schema: JsonObject): unknown[] {
  if (schema["const"] !== undefined) return [schema["const"]];
  return Array.isArray(schema["enum"]) ? schema["enum"] : [];
}

export function describedBy(schemas: readonly JsonObject[]): string | null {
  for (const { description } of schemas) if (typeof description === "string") return description;
  return null;
}

/** The fields that any of the schemas knows. */
export function fieldsOf(schemas: readonly JsonObject[]): Map<string, { schemas: JsonObject[]; required: boolean }> {
  const fields = new Map<string, { schemas: JsonObject[]; required: boolean }>();
  for (const schema of schemas) {
    const { properties, required } = schema;
    if (!isJsonObject(properties)) continue;
    for (const [key, field] of Object.entries(properties)) {
      const known = fields.get(key) ?? { schemas: [], required: Array.isArray(required) && required.includes(key) };
      if (isJsonObject(field)) known.schemas.push(field);
      fields.set(key, known);
    }
  }
  return fields;
}

/** References followed, unions taken apart. The description of a union goes to its parts that have none. */
export function expand(root: JsonObject, schema: JsonObject, depth = 0): JsonObject[] {
  if (depth > 12) return [];
  const { $ref } = schema;
  if (typeof $ref === "string") {
    const target = $ref
      .split("/")
      .slice(1)
      .reduce<unknown>((at, key) => (isJsonObject(at) ? at[key] : undefined), root);
    return isJsonObject(target) ? expand(root, target, depth + 1) : [];
  }
  const parts = schema["anyOf"] ?? schema["oneOf"];
  if (!Array.isArray(parts)) return [schema];
  const { description } = schema;
  return parts
    .filter(isJsonObject)
    .map((part) => (description === undefined || part["description"] !== undefined ? part : { ...part, description }))
    .flatMap((part) => expand(root, part, depth + 1));
}

const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  number: "number",
  integer: "whole number",
  boolean: "true or false",
  array: "list",
  object: "object",
  null: "null",
};

function childSchemas(schema: JsonObject, key: string | number): JsonObject[] {
  if (typeof key === "number") return isJsonObject(schema["items"]) ? [schema["items"]] : [];
  const { properties, additionalProperties } = schema;
  const own = isJsonObject(properties) && Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
  return isJsonObject(own) ? [own] : [];
}

export function childNode(node: LooseNode | null, key: string | number): LooseNode | null {
  if (typeof key === "number") return node?.items[key] ?? null;
  return node?.entries.find((entry) => entry.key === key)?.value ?? null;
}

function narrow(schemas: JsonObject[], node: LooseNode | null): JsonObject[] {
  const type = childNode(node, "type")?.text ?? null;
  if (type === null || schemas.length < 2) return schemas;
  const fitting = schemas.filter((schema) => {
    const { properties } = schema;
    const own = isJsonObject(properties) ? properties["type"] : undefined;
    return isJsonObject(own) && allowedValues(own).includes(type);
  });
  return fitting.length > 0 ? fitting : schemas;
}
