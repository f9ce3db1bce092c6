import type { Json } from "@/core/json";
import { wellFormed } from "../well-formed";

const suspicious = /\\u0000|\\ud[89a-f]|\u0000|[\ud800-\udfff]/i;

/** Deeper values overflow the stack of whoever walks or serialises them. */
const maxDepth = 200;

/**
 * What `JSON.parse` gives for this text, with what PostgreSQL's jsonb cannot hold (NUL, lone surrogates) replaced by
 * U+FFFD: an answer from outside must never make a journal commit fail. Throws when the text is not JSON, or nested
 * deeper than 200 levels.
 */
export function parseStorableJson(text: string): Json {
  // JSON.parse gives JSON values only.
  const parsed = JSON.parse(text) as Json;
  if (!isShallow(parsed, maxDepth)) throw new RangeError("The JSON is nested too deeply.");
  return suspicious.test(text) ? storable(parsed) : parsed;
}

export function storableText(text: string): string {
  return suspicious.test(text) ? wellFormed(text).replaceAll("\u0000", "\ufffd") : text;
}

function storable(value: Json): Json {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storableText(key), storable(inner)]));
}

function isShallow(value: Json, levels: number): boolean {
  if (value === null || typeof value !== "object") return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
