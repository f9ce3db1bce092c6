import { asObject, type Json, type JsonObject } from "@/core/json";
import { isJsonObject, ownField } from "@/core/json-guard";
import { partsOf } from "@/core/schema/parts-of";
import type { SchemaIssue } from "@/core/schema/schema-patterns";

/** What a kind of question asks of its answer beyond JSON Schema: phone numbers, times of day, amounts of a currency; at any depth. */
export function kindProblems(root: JsonObject, values: JsonObject): SchemaIssue[] {
  return within(root, [root], values, "");
}

export function isPhone({ format, "x-kind": kind }: JsonObject): boolean {
  return kind === "phone" || format === "phone" || format === "tel";
}

/** Decimals of a currency's smallest coin: 2 of EUR, 0 of JPY; 2 for what is none. */
export function coinDecimals(currency: string): number {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

function within(root: JsonObject, schemas: readonly JsonObject[], value: Json, path: string): SchemaIssue[] {
  const parts = partsOf(root, schemas);
  if (Array.isArray(value)) {
    const items = parts.flatMap(({ items: each, prefixItems }) => [each, prefixItems].flat()).filter(isJsonObject);
    return items.length === 0 ? [] : value.flatMap((item, at) => within(root, items, item, `${path}[${String(at)}]`));
  }
  if (isJsonObject(value))
    return Object.entries(value).flatMap(([name, member]): SchemaIssue[] => {
      const inner = parts.map(({ properties }) => ownField(asObject(properties), name)).filter(isJsonObject);
      return inner.length === 0 ? [] : within(root, inner, member, path === "" ? name : `${path}.${name}`);
    });
  for (const part of parts) {
    const message = typeof value === "string" ? textProblem(part, value) : numberProblem(part, value);
    if (message !== null) return [{ path, message }];
  }
  return [];
}

/** Numbers are dialled by people: digits with the marks that they are written with. */
const phoneForm = /^\+?[\d ()-]+$/;
const timeForm = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

function textProblem(part: JsonObject, value: string): string | null {
  if (value === "") return null;
  if (isPhone(part) && !(phoneForm.test(value) && /\d.*\d.*\d/.test(value)))
    return "This must be a phone number: digits, spaces and + ( ) - only, such as +43 1 234 5678.";
  if (part["x-kind"] === "time" && !timeForm.test(value)) return "This must be a time of day, such as 14:30.";
  return null;
}

function numberProblem({ "x-currency": currency }: JsonObject, value: Json): string | null {
  if (typeof currency !== "string" || typeof value !== "number") return null;
  const decimals = coinDecimals(currency);
  if (Number(value.toFixed(decimals)) === value) return null;
  return decimals === 0
    ? `This is an amount in ${currency}, which has no decimals.`
    : `This is an amount in ${currency}, which has at most ${String(decimals)} decimals.`;
}
