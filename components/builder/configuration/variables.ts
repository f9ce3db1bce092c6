import type { Json, JsonObject } from "@/core/json";
import { isJsonObject, jsonProblem } from "@/core/json-guard";

/** Variables as they were typed: a JSON object. Nothing at all is none. */
export function readVariables(text: string): { ok: true; value: JsonObject } | { ok: false; problem: string } {
  if (text.trim() === "") return { ok: true, value: {} };
  try {
    const value = JSON.parse(text) as Json;
    if (!isJsonObject(value)) return { ok: false, problem: 'Variables are an object: { "name": value }.' };
    if (jsonProblem(value) !== null) return { ok: false, problem: "This is nested too deeply. Flatten it." };
    return { ok: true, value };
  } catch {
    return { ok: false, problem: "This is not valid JSON, so it is not kept yet. Check quotes, commas and brackets." };
  }
}
