import type { Json } from "@/core/json";
import { isJsonObject, ownField } from "@/core/json-guard";
import { currencyCode, readMarkedNumber } from "@/core/marked-number";
import type { RuleQuestion } from "./document";

/** A value as a column reads it: a number, an amount without its sign, or a text that can be compared. */
export type ReadValue = number | string;

/**
 * Null where it cannot be told what it says: it is missing, of another type, in another or no currency, none of the choices, or can be
 * read in two ways. Such a value fits no cell, and no row that asks about it is passed over because of it.
 */
export function readValue(question: RuleQuestion, value: Json | undefined): ReadValue | null {
  switch (question.type) {
    case "text":
      return readText(value);
    case "choice": {
      const text = readText(value);
      return text !== null && question.choices.some((choice) => comparable(choice) === text) ? text : null;
    }
    case "number":
      return readNumber(value);
    case "money":
      return readAmount(value, question.currency);
  }
}

/** Two texts that people would call the same. */
export function comparable(text: string): string {
  return text.normalize("NFKC").trim().replaceAll(/\s+/g, " ").toLowerCase();
}

function readText(value: Json | undefined): string | null {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return null;
  if (typeof value === "number" && !Number.isFinite(value)) return null;
  const text = comparable(String(value));
  return text === "" || text.length > longestText ? null : text;
}

/** Longer ones are compared with nothing that a cell may hold. */
const longestText = 1_000;

function readNumber(value: Json | undefined): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string") return null;
  const text = value.trim();
  if (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(text)) return Number(text);
  const read = readMarkedNumber(text);
  if (read === null || read.mark !== "" || read.size === null) return null;
  return text.startsWith("-") ? -read.size : read.size;
}

/** `12 EUR`, `€12.00`, or `{amount: 12, currency: "EUR"}`. */
function readAmount(value: Json | undefined, currency: string): number | null {
  if (isJsonObject(value)) {
    const named = ownField(value, "currency");
    const amount = readNumber(ownField(value, "amount"));
    return typeof named === "string" && currencyCode(named.trim()) === currency && amount !== null
      ? Math.abs(amount)
      : null;
  }
  const read = typeof value === "string" ? readMarkedNumber(value) : null;
  return read !== null && !read.isQualified && read.currency === currency ? read.size : null;
}
