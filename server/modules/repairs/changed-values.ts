import { asObject, type Json, type JsonObject } from "@/core/json";
import { sameJson } from "@/core/json-guard";

/** Of the values of a form those that are other than what counts in the run now. */
export function changedValues(run: { input: unknown; inputEdits: unknown }, values: JsonObject): JsonObject {
  const now = { ...asObject(run.input as Json), ...asObject(run.inputEdits as Json) };
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => !sameJson(now[name] ?? null, value ?? null)),
  );
}
