import type { Json, JsonObject } from "@/core/json";

/** The same object with other spellings of its keys replaced; a key that is there in its own spelling wins. */
export function renameFields(raw: JsonObject, spellings: Readonly<Record<string, string>>): JsonObject {
  const entries: [string, Json][] = Object.entries(raw).map(([key, value]) => {
    const canonical = Object.hasOwn(spellings, key) ? spellings[key] : undefined;
    return canonical === undefined || Object.hasOwn(raw, canonical) ? [key, value] : [canonical, value];
  });
  return Object.fromEntries(entries);
}
