import type { Json, JsonObject } from "@/core/json";

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
    ...facts.flatMap(({ path, value }) => amountOf(text(path), text(value), codeOf(text(beside ?? null)))),
  ];
}

const named = /amount|total|price|cost|refund|\bsum\b|payment|budget|value/i;
const signs: Readonly<Record<string, string>> = { $: "USD", "€": "EUR", "£": "GBP", "₹": "INR", Rp: "IDR" };
const money = /^-?\s?(?<before>[^\d\s.,-]{1,3})?\s?-?\s?(?<digits>\d[\d.,' ]*)\s?(?<after>[^\d\s.,-]{1,3})?$/u;

function amountOf(label: string, value: string, beside: string | null): ShownAmount[] {
  const { before, digits, after } = money.exec(value.trim())?.groups ?? {};
  if (digits === undefined) return named.test(label) && /\d/.test(value) ? [unreadable] : [];
  const mark = before ?? after ?? "";
  const currency = mark === "" ? beside : (signs[mark] ?? codeOf(mark));
  if (mark === "" && !named.test(label)) return [];
  if (mark !== "" && currency === null && !named.test(label)) return [];
  const amount = readNumber(digits);
  return [amount === null ? unreadable : { amount, currency }];
}

/** Something is said there, and nobody can tell how much it is: no limit covers it. */
const unreadable: ShownAmount = { amount: 0, currency: null };

/** `1,234.50` and `1234.5`; null for what could be read in two ways, such as `1.234` or `1,5`. */
function readNumber(digits: string): number | null {
  const plain = digits.trim();
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?$/.test(plain)) return Number(plain.replaceAll(",", ""));
  return /^\d+(?:\.\d{1,2})?$/.test(plain) ? Number(plain) : null;
}

function codeOf(mark: string): string | null {
  return /^[A-Za-z]{3}$/.test(mark) ? mark.toUpperCase() : null;
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}
