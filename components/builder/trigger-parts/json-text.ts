import type { Json } from "@/core/json";

/** A text as JSON, or null when it is none yet. */
export function readJson(text: string): { value: Json } | null {
  try {
    // What JSON.parse gives is JSON by definition.
    return { value: JSON.parse(text) as Json };
  } catch {
    return null;
  }
}
