import type { Json } from "@/core/json";

/** A value as it fits into one line beside its name. */
export function sampleWords(value: Json, longest = 60): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
