import type { Json, JsonObject } from "@/core/json";
import { currencyCode, readMarkedNumber } from "@/core/marked-number";

/** An amount that an approval shows, without its sign: who may pay up to a sum may take back as much. `currency`: ISO 4217; null where nothing says it. */
export interface ShownAmount {
  amount: number;
  currency: string | null;
}

/**
 * Every amount of money that an approval shows, kept with it: whoever decides up to a limit is compared with all of them. A number is
 * one where it has a currency, or is called an amount, a price or the like. Of what is shown as the run was given it, `currency` beside it counts.
 */
export function shownAmounts(fields: readonly JsonObject[], facts: readonly JsonObject[]): ShownAmount[] {
  const beside = facts.find(({ path }) => /currency$/i.test(text(path)))?.["value"];
  return [
    ...fields.flatMap(({ label, value }) => amountOf(text(label), text(value), null)),
    ...facts.flatMap(({ path, value }) => amountOf(text(path), text(value), currencyCode(text(beside ?? null)))),
  ];
}

const named = /amount|total|price|cost|refund|\bsum\b|payment|budget|value/i;

function amountOf(label: string, value: string, beside: string | null): ShownAmount[] {
  const read = readMarkedNumber(value);
  if (read === null) return named.test(label) && /\d/.test(value) ? [unreadable] : [];
  const { mark, size } = read;
  const currency = mark === "" ? beside : read.currency;
  if (mark === "" && !named.test(label)) return [];
  if (mark !== "" && currency === null && !named.test(label)) return [];
  return [size === null ? unreadable : { amount: size, currency }];
}

/** Something is said there, and nobody can tell how much it is: no limit covers it. */
const unreadable: ShownAmount = { amount: 0, currency: null };

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}
