import type { Json } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";

const mark = "x-sensitive";

/**
 * The names that lead to each value which a schema marks `x-sensitive`; a name leads through all items of a list. What is marked where only
 * the value itself would tell whether it applies (alternatives, references, patterns of names) marks all that is around it.
 */
export function markedPaths(schema: Json | undefined): string[][] {
  if (!isJsonObject(schema) || !holdsMark(schema)) return [];
  const { properties, items, ...rest } = schema;
  if (holdsMark(rest)) return [[]];
  const inside = isJsonObject(properties)
    ? Object.entries(properties).flatMap(([name, inner]) => markedPaths(inner).map((path) => [name, ...path]))
    : [];
  return Array.isArray(items) && holdsMark(items) ? [[]] : [...inside, ...markedPaths(items)];
}

function holdsMark(part: Json): boolean {
  return JSON.stringify(part).includes(`"${mark}":true`);
}
