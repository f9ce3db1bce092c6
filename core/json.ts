/** Any value that survives `JSON.stringify` unchanged. Everything that crosses a step boundary is one of these. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object. Keys of data from outside are read as own properties only. */
export interface JsonObject {
  [key: string]: Json;
}

/** The object a value is; empty for anything else. */
export function asObject(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
