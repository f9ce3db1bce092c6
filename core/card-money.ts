/** An amount of money that can be compared and added up. */
export interface Money {
  /** ISO 4217; empty where none is named. */
  currency: string;
  /** A decimal number with at most four digits after the point, as `12.5`. */
  amount: string;
}

interface Line {
  label: string;
  value: string;
}

const signs: Readonly<Record<string, string>> = { $: "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", Rp: "IDR" };
const sign = String.raw`Rp|[$€£¥₹]|\b[A-Z]{3}\b`;
const figure = String.raw`\d(?:[\d.,'’\u00a0\u202f ]*\d)?`;
const amountOf = new RegExp(
  String.raw`(?<minus>[-−])?\s?(?<before>${sign})?\s?(?<inner>[-−])?(?<number>${figure})\s?(?<after>${sign})?`,
  "u",
);

/** Which line of a card says the money that it is about; -1 where none does. */
export function moneyLine(fields: readonly Line[]): number {
  const named = fields.findIndex(
    (field) => /amount|total|price|cost|refund/i.test(field.label) && /\d/.test(field.value),
  );
  if (named >= 0) return named;
  return fields.findIndex((field) => /^(?:[$€£¥₹]|Rp|[A-Z]{3}) ?-?\d/.test(field.value));
}

/** The money in a text such as `$1,200.50/mo` or `Rp 4.500.000`; null where it cannot be told. */
export function readMoney(text: string): Money | null {
  const { minus, before, inner, number = "", after } = amountOf.exec(text)?.groups ?? {};
  const named = before ?? after ?? "";
  const currency = signs[named] ?? named;
  const amount = plainNumber(number, currency);
  if (amount === null) return null;
  return { currency, amount: minus === undefined && inner === undefined ? amount : `-${amount}` };
}

/** Currencies that are written without a fraction: a point in them parts thousands. */
const whole: ReadonlySet<string> = new Set(["IDR", "JPY", "KRW", "VND"]);

/** `1,234.5`, `1.234,5` and `1 234,5` are the same number. Null for what could be two, or is too long to be kept. */
function plainNumber(written: string, currency: string): string | null {
  // A blank parts thousands, or it parts two numbers.
  if (/\s/.test(written) && !/^\d{1,3}(?:\s\d{3})+(?!\s|\d)/.test(written)) return null;
  const text = written.replaceAll(/['’\s]/gu, "");
  const point = decimalPoint(text, currency);
  const integer = text.slice(0, point ?? undefined);
  const fraction = point === null ? "" : text.slice(point + 1);
  const isGrouped = /^\d+$|^\d{1,3}(?:[.,]\d{3})+$/.test(integer);
  const digits = integer.replaceAll(/[.,]/g, "").replace(/^0+(?=\d)/, "");
  if (!isGrouped || !/^\d{0,4}$/.test(fraction) || digits.length > 15) return null;
  return fraction === "" ? digits : `${digits}.${fraction}`;
}

/** Where the fraction begins; null where there is none. */
function decimalPoint(text: string, currency: string): number | null {
  const last = Math.max(text.lastIndexOf("."), text.lastIndexOf(","));
  if (last < 0) return null;
  const mark = text.charAt(last);
  const other = mark === "." ? "," : ".";
  if (text.includes(other)) return text.indexOf(mark) === last ? last : null;
  if (text.indexOf(mark) !== last) return null;
  const partsThousands = text.length - last - 1 === 3 && last <= 3 && (mark === "," || whole.has(currency));
  return partsThousands ? null : last;
}

/** How much it is together, by currency, in the order in which they come. */
export function sumMoney(all: readonly Money[]): Money[] {
  const sums = new Map<string, bigint>();
  for (const { currency, amount } of all) sums.set(currency, (sums.get(currency) ?? 0n) + tenThousandths(amount));
  return [...sums].map(([currency, sum]) => ({ currency, amount: decimal(sum) }));
}

function tenThousandths(amount: string): bigint {
  const [integer = "0", fraction = ""] = amount.replace("-", "").split(".");
  const size = BigInt(integer + fraction.padEnd(4, "0").slice(0, 4));
  return amount.startsWith("-") ? -size : size;
}

function decimal(sum: bigint): string {
  const digits = (sum < 0n ? -sum : sum).toString().padStart(5, "0");
  const fraction = digits.slice(-4).replace(/0+$/, "");
  return `${sum < 0n ? "-" : ""}${digits.slice(0, -4)}${fraction === "" ? "" : `.${fraction}`}`;
}

/** For people: "$3,410.00"; "3,410" where no currency is named. */
export function moneyWords({ currency, amount }: Money): string {
  const value = Number(amount);
  if (currency === "") return value.toLocaleString("en", { maximumFractionDigits: 4 });
  // What is no currency at all, such as the name of a tariff, is written as it came.
  try {
    return value.toLocaleString("en", { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  } catch {
    return `${currency} ${value.toLocaleString("en")}`;
  }
}
