import { reservedNames } from "@/core/admissible-json";
import type { Json, JsonObject } from "@/core/json";

/** Renames a field in its place. A name that is taken or empty changes nothing. */
export function renameKey(values: JsonObject, from: string, to: string): JsonObject {
  if (to === "" || to === from || Object.hasOwn(values, to)) return values;
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key === from ? to : key, value]));
}

export function putKey(values: JsonObject, key: string, value: Json): JsonObject {
  return { ...values, [key]: value };
}

export function dropKey(values: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([each]) => each !== key));
}

/** Why a name cannot be used for one more field. */
export function nameProblem(values: JsonObject, name: string): string | null {
  if (name.trim() === "") return "Give it a name.";
  if (reservedNames.has(name)) return "This name cannot be used. Choose another one.";
  return Object.hasOwn(values, name) ? `There is "${name}" already. Choose another name.` : null;
}
