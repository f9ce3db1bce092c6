import type { JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";

export interface Subschema {
  schema: JsonObject;
  /** Where it stands, in dots and brackets; empty for the whole. */
  path: string;
}

/** Hold schemas by names that authors choose: there, `default` and `const` are names and no keywords. */
const byName: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
  "dependencies",
]);

/** Hold values, however much those look like schemas. */
const values: ReadonlySet<string> = new Set(["const", "enum", "default", "example", "examples"]);

/** A schema and every schema in it, also in places that no draft knows: a reference may point there. Level by level. */
export function subschemas(root: unknown): Subschema[] {
  const found: Subschema[] = [];
  const open: { value: unknown; path: string; isNames: boolean }[] = [{ value: root, path: "", isNames: false }];
  // Grows while it is walked, so that no depth overflows the stack.
  for (const { value, path, isNames } of open) {
    if (Array.isArray(value)) {
      open.push(...value.map((item: unknown, at) => ({ value: item, path: `${path}[${String(at)}]`, isNames: false })));
      continue;
    }
    if (!isJsonObject(value)) continue;
    if (!isNames) found.push({ schema: value, path });
    for (const [key, member] of Object.entries(value)) {
      if (!isNames && values.has(key)) continue;
      open.push({ value: member, path: path === "" ? key : `${path}.${key}`, isNames: !isNames && byName.has(key) });
    }
  }
  return found;
}
