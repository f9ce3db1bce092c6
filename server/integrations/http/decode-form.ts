import type { Json, JsonObject } from "@/core/json";
import { decodedWith, decoderFor, isWellEncoded } from "./decode-text";

export type DecodedForm =
  | {
      ok: true;
      fields: JsonObject;
      charset: string;
      /** Some of its bytes are no characters of its character set; they became U+FFFD. */
      isBroken: boolean;
    }
  | { ok: false; unknownCharset: string };

type Pair = [name: Uint8Array, value: Uint8Array];

/**
 * The fields of an `application/x-www-form-urlencoded` body, as bytes of its character set, percent-encoded or raw. Which one that is
 * says the content type, then the field `_charset_`, in which browsers name it; without either it is UTF-8.
 */
export function decodeForm(bytes: Uint8Array, declared: string | null): DecodedForm {
  const pairs = splitAt(trimmed(bytes), "&")
    .filter(({ length }) => length > 0)
    .map((pair): Pair => {
      const equals = pair.indexOf(codeOf("="));
      return equals < 0
        ? [percentBytes(pair), new Uint8Array()]
        : [percentBytes(pair.subarray(0, equals)), percentBytes(pair.subarray(equals + 1))];
    });
  const charset = declared ?? namedByField(pairs) ?? "utf-8";
  const decoder = decoderFor(charset);
  if (decoder === null) return { ok: false, unknownCharset: charset };
  const fields = fieldsOf(pairs.map(([name, value]) => [decodedWith(decoder, name), decodedWith(decoder, value)]));
  return { ok: true, fields, charset, isBroken: pairs.flat().some((part) => !isWellEncoded(part, charset)) };
}

/**
 * The fields of a multipart body, with files as `file` makes them. The character set of a field says its own part, then the whole
 * body, then the field `_charset_`. Throws when its parts cannot be told apart.
 */
export async function decodeMultipart(
  bytes: Uint8Array,
  contentType: string,
  declared: string | null,
  file: (file: File) => Promise<Json>,
): Promise<DecodedForm> {
  const files = await partsOf(bytes.slice(), contentType);
  // Once more with each byte as a character, so that the bytes of the texts are there.
  const latin = Buffer.from(bytes).toString("latin1");
  const parts = await partsOf(latin, contentType);
  const texts = parts.map(([name, value]): Pair => [
    Buffer.from(name, "latin1"),
    Buffer.from(typeof value === "string" ? value : value.name, "latin1"),
  ]);
  const whole = declared ?? namedByField(texts) ?? "utf-8";
  const own = charsetsOfParts(latin, contentType);
  const charsets = parts.map((_, at) => (own.length === parts.length ? own[at] : null) ?? whole);
  const unknown = [whole, ...charsets].find((charset) => decoderFor(charset) === null);
  if (unknown !== undefined) return { ok: false, unknownCharset: unknown };
  let isBroken = false;
  const read = (part: Uint8Array, charset: string): string => {
    isBroken ||= !isWellEncoded(part, charset);
    return decodedWith(new TextDecoder(charset), part);
  };
  const given: [string, Json][] = [];
  for (const [at, [name, text]] of texts.entries()) {
    const value = files[at]?.[1] ?? "";
    const said = read(text, typeof value === "string" ? (charsets[at] ?? whole) : whole);
    given.push([
      read(name, whole),
      typeof value === "string" ? said : await file(new File([value], said, { type: value.type })),
    ]);
  }
  return { ok: true, fields: fieldsOf(given), charset: whole, isBroken };
}

type Part = [name: string, value: File | string];

async function partsOf(body: BodyInit, contentType: string): Promise<Part[]> {
  return [...(await new Response(body, { headers: { "content-type": contentType } }).formData())];
}

/** What each part says of its own character set, in the order of the parts; empty when they cannot be told apart. */
function charsetsOfParts(latin: string, contentType: string): (string | null)[] {
  const boundary = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType);
  if (boundary === null) return [];
  return latin
    .split(`--${boundary[1] ?? boundary[2] ?? ""}\r\n`)
    .slice(1)
    .map((part) => {
      const head = part.slice(0, part.indexOf("\r\n\r\n"));
      const isFile = /^content-disposition:[^\r\n]*;\s*filename/im.test(head);
      return isFile ? null : (/^content-type:[^\r\n]*;\s*charset\s*=\s*"?([^\s";]{1,40})/im.exec(head)?.[1] ?? null);
    });
}

function namedByField(pairs: readonly Pair[]): string | null {
  const value = pairs.find(([name]) => latinOf(name) === "_charset_")?.[1];
  return value === undefined || value.length === 0 ? null : latinOf(value).slice(0, 40);
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

/** `+` is a space, `%E9` a byte; everything else is itself. */
function percentBytes(part: Uint8Array): Uint8Array {
  const decoded = latinOf(part)
    .replaceAll("+", " ")
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(decoded, "latin1");
}

function splitAt(bytes: Uint8Array, mark: string): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (let at = bytes.indexOf(codeOf(mark)); at >= 0; at = bytes.indexOf(codeOf(mark), from)) {
    parts.push(bytes.subarray(from, at));
    from = at + 1;
  }
  return [...parts, bytes.subarray(from)];
}

/** Without the mark of UTF-8, and the blanks and line ends around it. */
function trimmed(bytes: Uint8Array): Uint8Array {
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  let from = isMarked ? 3 : 0;
  let to = bytes.length;
  while (from < to && (bytes[from] ?? 0) <= 0x20) from += 1;
  while (to > from && (bytes[to - 1] ?? 0) <= 0x20) to -= 1;
  return bytes.subarray(from, to);
}

function latinOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

function codeOf(mark: string): number {
  return mark.charCodeAt(0);
}
