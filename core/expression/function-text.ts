import { ExpressionProblem } from "@/core/expression/problem";
import { expressionLimits } from "@/core/expression/limits";
import { charge } from "@/core/expression/budget";
import { bytesToBase64, toJson } from "@/core/expression/json-value";
import { tooMuchText } from "@/core/expression/operators";
import { splitText } from "@/core/expression/text-methods";

export function lower(text: unknown): string {
  return asText("lower", text).toLowerCase();
}

export function upper(text: unknown): string {
  return asText("upper", text).toUpperCase();
}

export function trim(text: unknown): string {
  return asText("trim", text).trim();
}

export function join(list: unknown, separator: unknown = ", "): string {
  const between = asText("join", separator);
  const parts = asList("join", list).map(display);
  const length = parts.reduce((sum, part) => sum + part.length + between.length, 0);
  if (length > expressionLimits.resultCharacters) throw tooMuchText;
  charge((length >>> 8) + (parts.length >>> 2));
  return parts.join(between);
}

export function split(text: unknown, separator: unknown): string[] {
  const whole = asText("split", text);
  charge(whole.length >>> 4);
  return splitText(whole, asText("split", separator));
}

/** Every occurrence of a part; the part is plain text, not a pattern. */
export function replace(text: unknown, part: unknown, by: unknown): string {
  const whole = asText("replace", text);
  const wanted = asText("replace", part);
  charge((whole.length >>> 4) + Math.floor((whole.length * wanted.length) / 1024));
  if (wanted === "") return whole;
  const parts = whole.split(wanted);
  const length = whole.length + (parts.length - 1) * (asText("replace", by).length - wanted.length);
  if (length > expressionLimits.resultCharacters) throw tooMuchText;
  return parts.join(asText("replace", by));
}

/** `{0}`, `{1}` … are filled from a list, `{name}` from an object; `{{` and `}}` are braces. */
export function format(pattern: unknown, values: unknown): string {
  let length = 0;
  const written = asText("format", pattern);
  if (!written.includes("{") && /%[sdif]/.test(written))
    throw new ExpressionProblem(
      "bad_expression",
      "`format` fills {0}, {1} … from a list or {name} from an object, and leaves %s as it is. Write format('{0}', [x]).",
    );
  return written.replace(/\{\{|\}\}|\{(\w+)\}/g, (match, key: string | undefined) => {
    if (key === undefined) return match.charAt(0);
    const text = display(pick(values, key));
    length += text.length;
    if (length > expressionLimits.resultCharacters) throw tooMuchText;
    return text;
  });
}

export function json(value: unknown): string {
  return charged(JSON.stringify(toJson(value)));
}

export function base64(value: unknown): string {
  return bytesToBase64(value instanceof Uint8Array ? value : new TextEncoder().encode(asText("base64", value)));
}

/** How a value reads inside longer text: null is empty, lists and objects are JSON. */
export function display(value: unknown): string {
  if (typeof value === "string") return value;
  const plain = toJson(value);
  if (plain === null) return "";
  return typeof plain === "object" ? charged(JSON.stringify(plain)) : String(plain);
}

/** Writing data as text walks all of it, however small the arguments look. */
function charged(written: string): string {
  charge(written.length >>> 4);
  return written;
}

export function asText(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  throw wrongKind(name, "text", value);
}

export function asList(name: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw wrongKind(name, "a list", value);
}

export function wrongKind(name: string, wanted: string, value: unknown): ExpressionProblem {
  return new ExpressionProblem(
    "bad_expression",
    `\`${name}\` needs ${wanted}, but it is given ${kindOf(value)}. Check the path, or give a fallback with default(…).`,
  );
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing (null)";
  if (Array.isArray(value)) return "a list";
  const kinds: Partial<Record<string, string>> = {
    string: "text",
    number: "a number",
    bigint: "a number",
    boolean: "true or false",
  };
  return kinds[typeof value] ?? (value instanceof Date ? "a timestamp" : "an object");
}

function pick(values: unknown, key: string): unknown {
  if (typeof values !== "object" || values === null || !Object.hasOwn(values, key)) {
    throw new ExpressionProblem(
      "bad_expression",
      `\`format\` has no value for {${key}}. Give a list for {0}, {1} … or an object for {name}.`,
    );
  }
  return Reflect.get(values, key);
}
