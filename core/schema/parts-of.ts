import { asObject, type JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { localTarget } from "@/core/schema/local-refs";

/** Every schema that may have a say about the same value. */
export function partsOf(root: JsonObject, schemas: readonly JsonObject[]): JsonObject[] {
  const all = new Set(schemas);
  // Grows while it is walked.
  for (const part of all) {
    const target = typeof part.$ref === "string" ? localTarget(root, part.$ref) : undefined;
    const listed = [part.allOf, part.anyOf, part.oneOf, part.then, part.else, target].flat();
    for (const next of [...listed, ...Object.values(asObject(part.dependentSchemas))])
      if (isJsonObject(next)) all.add(next);
  }
  return [...all];
}
