import type { Json, JsonObject } from "@/core/json";

interface DecodedForm {
  fields: JsonObject;
  /** Some of its bytes are no characters; they became U+FFFD. */
  isBroken: boolean;
}

/** The fields of an `application/x-www-form-urlencoded` body, percent-decoded in its character set. */
export function decodeForm(text: string, charset: string | null): DecodedForm {
  const isUtf8 = charset === null || /^utf-?8$/i.test(charset) || !isCharset(charset);
  const known = isUtf8 ? "utf-8" : charset;
  if (isUtf8) {
    const fields = fieldsOf([...new URLSearchParams(text)]);
    return { fields, isBroken: JSON.stringify(fields).includes(replacement) && isBroken(text, known) };
  }
  const read = (part: string): string => percentDecoded(part, known);
  const fields = fieldsOf(
    text
      .split("&")
      .filter((pair) => pair !== "")
      .map((pair) => {
        const equals = pair.indexOf("=");
        return equals < 0 ? [read(pair), ""] : [read(pair.slice(0, equals)), read(pair.slice(equals + 1))];
      }),
  );
  return { fields, isBroken: isBroken(text, known) };
}

/** The fields of a multipart body, with files as `file` makes them. Throws when its parts cannot be told apart. */
export async function decodeMultipart(
  bytes: Uint8Array,
  contentType: string,
  file: (file: File) => Promise<Json>,
): Promise<DecodedForm> {
  const entries = await partsOf(bytes.slice(), contentType);
  const given = await Promise.all(
    entries.map(async ([name, value]): Promise<[string, Json]> => [
      name,
      typeof value === "string" ? value : await file(value),
    ]),
  );
  const isSuspect = textsOf(entries).some((text) => text.includes(replacement));
  return { fields: fieldsOf(given), isBroken: isSuspect && (await hasBrokenParts(bytes, contentType)) };
}

const replacement = "\ufffd";

type Part = [name: string, value: File | string];

async function partsOf(body: BodyInit, contentType: string): Promise<Part[]> {
  return [...(await new Response(body, { headers: { "content-type": contentType } }).formData())];
}

function textsOf(parts: readonly Part[]): string[] {
  return parts.flatMap(([name, value]) => [name, typeof value === "string" ? value : value.name]);
}

/** Reads the parts once more with each byte as a character, so that the bytes of their texts are there to look at. */
async function hasBrokenParts(bytes: Uint8Array, contentType: string): Promise<boolean> {
  const parts = await partsOf(Buffer.from(bytes).toString("latin1"), contentType);
  return textsOf(parts).some((text) => !isWellEncoded(Buffer.from(text, "latin1"), "utf-8"));
}

function isBroken(text: string, charset: string): boolean {
  return text.split(/[&=]/).some((part) => !isWellEncoded(percentBytes(part), charset));
}

function isWellEncoded(bytes: Uint8Array, charset: string): boolean {
  try {
    new TextDecoder(charset, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
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
  return new TextDecoder(charset).decode(percentBytes(part));
}

function percentBytes(part: string): Uint8Array {
  const bytes: number[] = [];
  for (const [piece, hex] of part.replaceAll("+", " ").matchAll(/%([0-9a-f]{2})|[^%]+|%/gi)) {
    if (hex === undefined) bytes.push(...new TextEncoder().encode(piece));
    else bytes.push(Number.parseInt(hex, 16));
  }
  return Uint8Array.from(bytes);
}

function isCharset(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== "";
  } catch {
    return false;
  }
}
