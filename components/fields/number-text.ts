/** A number as a person writes it, or what to do about it. */
export type NumberText = { ok: true; value: number } | { ok: false; problem: string };

interface Marks {
  decimal: string;
  group: string;
}

/**
 * The number a text means in a language: in German `1.234,50`, in English `1,234.50`. Marks that stand where the language does not
 * put them are refused, since the number could be read in two ways; so are other notations (`0x1F`, `1e3`) and digits that would
 * be lost.
 */
export function readNumber(text: string, locale: string): NumberText {
  const marks = marksOf(locale);
  const plain = text
    .trim()
    .replaceAll("−", "-")
    .replaceAll(/[\u00a0\u202f]/g, " ")
    .replaceAll("’", "'");
  const group = `\\${marks.group}`;
  const decimal = `\\${marks.decimal}`;
  const form = new RegExp(`^([+-]?)(\\d+|\\d{1,3}(?:${group}\\d{3})+)?(?:${decimal}(\\d+))?$`);
  const [, sign = "", whole = "", fraction = ""] = form.exec(plain) ?? [];
  if (whole === "" && fraction === "")
    return { ok: false, problem: `Write a number in digits, such as ${showNumber(1234.5, locale)}.` };
  const digits = `${whole.replaceAll(marks.group, "").replace(/^0+(?=\d)/, "") || "0"}${fraction === "" ? "" : `.${fraction}`}`;
  const value = Number(`${sign === "-" ? "-" : ""}${digits}`);
  const significant = digits.replace(".", "").replace(/^0+/, "");
  const isKept =
    Number.isFinite(value) &&
    (significant.replace(/0+$/, "").length <= 15 || decimalText(value) === `${sign === "-" ? "-" : ""}${digits}`);
  return isKept
    ? { ok: true, value: value === 0 ? 0 : value }
    : { ok: false, problem: "This number has more digits than can be kept. Shorten it." };
}

/** A number with the marks of a language, all digits kept. */
export function showNumber(value: number, locale: string): string {
  const { decimal, group } = marksOf(locale);
  const text = decimalText(value);
  const [whole = "", fraction] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return fraction === undefined ? grouped : `${grouped}${decimal}${fraction}`;
}

/** Without exponent: `1e21` as its digits. */
function decimalText(value: number): string {
  const [mantissa = "", exponent] = String(value).split("e");
  if (exponent === undefined) return mantissa;
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(mantissa) ?? [];
  const at = whole.length + Number(exponent);
  const digits = whole + fraction;
  if (at <= 0) return `${sign}0.${"0".repeat(-at)}${digits}`;
  return digits.length <= at ? sign + digits.padEnd(at, "0") : `${sign}${digits.slice(0, at)}.${digits.slice(at)}`;
}

function marksOf(locale: string): Marks {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true, numberingSystem: "latn" }).formatToParts(1234567.5);
  const of = (type: string, otherwise: string) => parts.find((part) => part.type === type)?.value ?? otherwise;
  const group = of("group", ",")
    .replace(/[\u00a0\u202f]/g, " ")
    .replace("’", "'");
  return { decimal: of("decimal", "."), group };
}
