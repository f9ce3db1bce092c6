const signs: Readonly<Record<string, string>> = { $: "USD", "€": "EUR", "£": "GBP", "₹": "INR", Rp: "IDR" };
const marked = /^-?\s?(?<before>[^\d\s.,-]{1,3})?\s?-?\s?(?<digits>\d[\d.,' ]*)\s?(?<after>[^\d\s.,-]{1,3})?$/u;

/** A number as a text says it, without its sign. */
interface MarkedNumber {
  /** What stands before or after it; empty where nothing does. */
  mark: string;
  /** ISO 4217, where the mark is a currency. */
  currency: string | null;
  /** Null for what could be read in two ways, such as `1.234` or `1,5`. */
  size: number | null;
  /** Something stands on both sides, as in `€12k` or `$5/mo`: it may be more than it says. */
  isQualified: boolean;
}

/** `€1,234.50`, `EUR 12`, `-12.5 %`; null for what is no number. Limits are compared with it, so nothing is guessed. */
export function readMarkedNumber(text: string): MarkedNumber | null {
  const { before, digits, after } = marked.exec(text.trim())?.groups ?? {};
  if (digits === undefined) return null;
  const mark = before ?? after ?? "";
  return {
    mark,
    currency: mark === "" ? null : (signs[mark] ?? currencyCode(mark)),
    size: plainSize(digits),
    isQualified: before !== undefined && after !== undefined,
  };
}

/** `1,234.50` and `1234.5`. */
function plainSize(digits: string): number | null {
  const plain = digits.trim();
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?$/.test(plain)) return Number(plain.replaceAll(",", ""));
  return /^\d+(?:\.\d{1,2})?$/.test(plain) ? Number(plain) : null;
}

export function currencyCode(mark: string): string | null {
  return /^[A-Za-z]{3}$/.test(mark) ? mark.toUpperCase() : null;
}
