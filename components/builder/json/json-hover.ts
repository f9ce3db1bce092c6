import type { JsonObject } from "@/core/json";
import type { JsonPath } from "./cursor-place";
import { readLoose, type LooseNode } from "./loose-json";
import { describedBy, fieldsOf, schemasAt, typeWords } from "./schema-walk";

export interface FieldDocs {
  from: number;
  to: number;
  name: string;
  type: string;
  description: string | null;
}

/** What the name under the pointer means; null where there is none or nothing is known about it. */
export function docsAt(text: string, at: number, schema: JsonObject): FieldDocs | null {
  const root = readLoose(text);
  return find(root, root, [], at, schema);
}

function find(
  root: LooseNode | null,
  node: LooseNode | null,
  path: JsonPath,
  at: number,
  schema: JsonObject,
): FieldDocs | null {
  if (!node || at < node.from || at > node.to) return null;
  for (const { key, keyFrom, keyTo, value } of node.entries) {
    if (at >= keyFrom && at <= keyTo) {
      const field = fieldsOf(schemasAt(schema, path, root)).get(key);
      if (!field) return null;
      const schemas = schemasAt(schema, [...path, key], root);
      return {
        from: keyFrom,
        to: keyTo,
        name: key,
        type: typeWords(schemas),
        description: describedBy([...field.schemas, ...schemas]),
      };
    }
    if (value && at >= value.from && at <= value.to) return find(root, value, [...path, key], at, schema);
  }
  const index = node.items.findIndex((item) => at >= item.from && at <= item.to);
  return index < 0 ? null : find(root, node.items[index] ?? null, [...path, index], at, schema);
}
