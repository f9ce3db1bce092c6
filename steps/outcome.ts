import type { StepErrorCode } from "@/core/step-error-codes";
import type { Json } from "@/core/json";
import type { StepOutcome } from "@/core/ports";

/** A failure that trying again cannot mend: the config or the data must change. */
export function failedFinally(code: StepErrorCode, message: string): StepOutcome {
  return { kind: "failed", error: { code, message, class: "other", retryable: false } };
}

/** A value as it reads in a sentence or a field: nothing for null, JSON for structures. */
export function asText(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The texts in a value that may be one text, a list of them, or nothing. */
export function asTexts(value: Json | undefined): string[] {
  const list = Array.isArray(value) ? value.flat() : [value ?? null];
  return list.map((item) => asText(item).trim()).filter((text) => text !== "");
}
