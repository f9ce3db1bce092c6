import type { Json, JsonObject } from "@/core/json";

/** The fields of an `application/x-www-form-urlencoded` body, percent-decoded in its character set. */
export function decodeForm(text: string, charset: string | null): JsonObject {
  if (charset === null || /^utf-?8$/i.test(charset) || !isCharset(charset))
    return fieldsOf([...new URLSearchParams(text)]);
  const read = (part: string): string => percentDecoded(part, charset);
  return fieldsOf(
    text
      .split("&")
      .filter((pair) => pair !== "")
      .map((pair) => {
        const equals = pair.indexOf("=");
        return equals < 0 ? [read(pair), ""] : [read(pair.slice(0, equals)), read(pair.slice(equals + 1))];
      }),
  );
}

/** Names and values in the order they came, as an object: what comes several times, or is called `name[]`, is a list. */
export function fieldsOf(given: readonly (readonly [name: string, value: Json])[]): JsonObject {
  const fields = new Map<string, Json>();
  for (const [written, value] of given) {
    const isList = written.endsWith("[]");
    const name = isList ? written.slice(0, -2) : written;
    const before = fields.get(name);
    if (before === undefined) fields.set(name, isList ? [value] : value);
    else fields.set(name, Array.isArray(before) ? [...before, value] : [before, value]);
  }
  return Object.fromEntries(fields);
}

function percentDecoded(part: string, charset: string): string {
  const bytes: number[] = [];
  for (const [piece, hex] of part.replaceAll("+", " ").matchAll(/%([0-9a-f]{2})|[^%]+|%/gi)) {
    if (hex === undefined) bytes.push(...new TextEncoder().encode(piece));
    else bytes.push(Number.parseInt(hex, 16));
  }
  return new TextDecoder(charset).decode(Uint8Array.from(bytes));
}

function isCharset(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== "";
  } catch {
    return false;
  }
}
