import { asObject, type Json } from "@/core/json";

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
