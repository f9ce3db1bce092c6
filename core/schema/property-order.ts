import { asObject, type Json, type JsonObject } from "@/core/json";
import { subschemas } from "@/core/schema/subschemas";
import { isJsonObject } from "@/core/json-guard";

/** Keyword of an object schema: the names of its properties in the order in which a form asks for them. */
export const orderKeyword = "x-order";

/** The properties of an object schema as a form shows them: those that are put in order first, the others as they stand. */
export function orderedProperties(schema: Readonly<Record<string, unknown>>): [name: string, schema: Json][] {
  // A schema is a JSON document.
  const properties = Object.entries(asObject(schema.properties as Json | undefined));
  const order = schema[orderKeyword];
  if (!Array.isArray(order)) return properties;
  const place = (name: string): number => {
    const position = order.indexOf(name);
    return position < 0 ? order.length : position;
  };
  return properties.sort(([a], [b]) => place(a) - place(b));
}

/** The schema with the order of its properties written down, since the database keeps the keys of an object in its own order. */
export function withOrder(schema: JsonObject): JsonObject {
  return rebuilt(schema, (part) => {
    const names = Object.keys(asObject(part.properties));
    return names.length < 2 || Array.isArray(part[orderKeyword]) ? part : { ...part, [orderKeyword]: names };
  });
}

/** The schema with its properties in the order that is written down. */
export function inOrder(schema: JsonObject): JsonObject {
  return rebuilt(schema, (part) =>
    isJsonObject(part.properties) ? { ...part, properties: Object.fromEntries(orderedProperties(part)) } : part,
  );
}

function rebuilt(schema: JsonObject, change: (part: JsonObject) => JsonObject): JsonObject {
  const copy = structuredClone(schema);
  for (const { schema: part } of subschemas(copy)) Object.assign(part, change(part));
  return copy;
}
