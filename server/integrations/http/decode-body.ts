import type { Json, JsonObject } from "@/core/json";
import { cutText, storableJson, storableText } from "@/core/storable-text";
import { readContentType, type ContentType } from "./content-type";
import { decodeForm, decodeMultipart, type DecodedForm } from "./decode-form";
import { decodeText, unknownCharset } from "./decode-text";
import { keptAsText, parseExactJson } from "./exact-json";

export type BodyKind = "empty" | "json" | "text" | "form" | "binary";

/** Closed: what can be wrong with a body. */
export type BodyProblem =
  | "not_json"
  | "too_deep"
  | "number_too_large"
  | "unknown_charset"
  | "broken_text"
  | "broken_form";

export type DecodedBody =
  | {
      ok: true;
      kind: BodyKind;
      value: Json;
      /** One sentence each, for whoever looks at the step or the call. */ warnings: string[];
    }
  | {
      ok: false;
      code: BodyProblem;
      message: string;
      /** The body as well as it reads, to show (`excerptOf`). */ text: string;
    };

export interface DecodeOptions {
  /** Broken characters are refused instead of being replaced: for callers who can be told. */
  strict?: boolean;
}

/** Bytes that are no text, in a form that survives JSON. `size` is the number of bytes. */
interface Binary extends JsonObject {
  base64: string;
  type: string;
  size: number;
}

/**
 * The one decoder of bodies, whichever way they travel, by what their content type declares. The value can be stored as
 * it is: numbers beyond a double keep their digits as text (with a warning), halves of characters and NUL are mended.
 * Nothing is null; JSON that does not parse is a problem; form fields are an object (repeats are lists); text is text;
 * the rest is `{base64, type, size}`. What declares nothing of use is JSON where it reads as JSON, else text, else bytes.
 */
export async function decodeBody(
  bytes: Uint8Array,
  contentTypeHeader: string,
  options: DecodeOptions = {},
): Promise<DecodedBody> {
  if (bytes.length === 0) return { ok: true, kind: "empty", value: null, warnings: [] };
  const declared = readContentType(contentTypeHeader);
  if (declared.kind === "binary")
    return { ok: true, kind: "binary", value: binary(bytes, declared.type), warnings: [] };
  if (declared.kind === "multipart") return readMultipart(bytes, contentTypeHeader, declared.charset, options);
  if (declared.kind === "form" && !isWide(bytes, declared.charset))
    return readForm(decodeForm(bytes, declared.charset), bytes, options);
  if (declared.kind === "unsaid" && !isPlainText(bytes))
    return {
      ok: true,
      kind: "binary",
      value: binary(bytes, declared.type || "application/octet-stream"),
      warnings: [],
    };
  const decoded = decodeText(bytes, { charset: declared.charset, ...options });
  if (!decoded.ok) return { ...decoded, text: asLatin(bytes) };
  return withWarnings(readText(decoded.text, declared, bytes, options), decoded.warnings);
}

/** What bytes stand for characters in twos, UTF-16: a form of them is text before it is a form. */
function isWide(bytes: Uint8Array, charset: string | null): boolean {
  return /^utf-?16/i.test(charset ?? "") || hasWideMark(bytes);
}

function hasWideMark(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

function readText(text: string, declared: ContentType, bytes: Uint8Array, options: DecodeOptions): DecodedBody {
  if (declared.kind === "form") return readForm(decodeForm(new TextEncoder().encode(text), "utf-8"), bytes, options);
  if (declared.kind === "json") {
    if (text.trim() === "") return { ok: true, kind: "empty", value: null, warnings: [] };
    return readJson(text);
  }
  // Services that forget to declare their JSON are common; pages and tables are what they say.
  const mayBeJson = (declared.kind === "unsaid" || declared.type === "text/plain") && /^\s*[[{]/.test(text);
  const json = mayBeJson ? readJson(text) : null;
  return json?.ok === true ? json : stored("text", text);
}

function readJson(text: string): DecodedBody {
  const parsed = parseExactJson(text);
  if (!parsed.ok) return { ok: false, code: parsed.code, message: parsed.message, text: storableText(text) };
  return stored("json", parsed.value, keptAsText(parsed.kept));
}

const mended =
  "Some characters cannot be kept, so the body is not quite as it was sent: NUL was left out, and halves of characters became \ufffd.";

/** The value as it can be stored. Whoever looks is told where that is not what came. */
function stored(kind: BodyKind, sent: Json, warnings: readonly string[] = []): DecodedBody {
  const value = storableJson(sent);
  return { ok: true, kind, value, warnings: value === sent ? [...warnings] : [...warnings, mended] };
}

/** A field `payload` that holds JSON is read too: senders with one field for everything mean it so. */
function readForm(decoded: DecodedForm, bytes: Uint8Array, options: DecodeOptions): DecodedBody {
  const read = readFields(decoded, bytes, options);
  if (!read.ok) return read.problem;
  const { fields } = read;
  const { payload } = fields;
  const parsed = typeof payload === "string" && /^\s*[[{]/.test(payload) ? parseExactJson(payload) : null;
  if (parsed?.ok !== true) return stored("form", fields);
  const warnings = keptAsText(parsed.kept.map((path) => `payload.${path}`));
  return stored("form", { ...fields, payload: parsed.value }, warnings);
}

async function readMultipart(
  bytes: Uint8Array,
  contentType: string,
  charset: string | null,
  options: DecodeOptions,
): Promise<DecodedBody> {
  const decoded = await decodeMultipart(bytes, contentType, charset, async (file) => ({
    ...binary(new Uint8Array(await file.arrayBuffer()), file.type || "application/octet-stream"),
    name: file.name,
  })).catch(() => null);
  if (decoded === null) return brokenForm(bytes);
  const read = readFields(decoded, bytes, options);
  return read.ok ? stored("form", read.fields) : read.problem;
}

function brokenForm(bytes: Uint8Array): DecodedBody {
  return {
    ok: false,
    code: "broken_form",
    message: "The body is declared as multipart, but its parts cannot be told apart. Check the boundary.",
    text: asLatin(bytes),
  };
}

type ReadFields = { ok: true; fields: JsonObject } | { ok: false; problem: DecodedBody };

function readFields(decoded: DecodedForm, bytes: Uint8Array, { strict = false }: DecodeOptions): ReadFields {
  const refuse = (code: BodyProblem, message: string): ReadFields => ({
    ok: false,
    problem: { ok: false, code, message, text: asLatin(bytes) },
  });
  if (!decoded.ok) return refuse("unknown_charset", `${unknownCharset(decoded.unknownCharset)} Use UTF-8.`);
  const { fields, charset, isBroken } = decoded;
  return strict && isBroken
    ? refuse(
        "broken_text",
        `Some characters in the fields of this form are not ${charset}. Send them in ${charset}, or name their character set in the content type.`,
      )
    : { ok: true, fields };
}

/** `{base64, type, size}` of bytes that are no text. */
function binary(bytes: Uint8Array, type: string): Binary {
  return {
    base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64"),
    type: storableText(type),
    size: bytes.length,
  };
}

/** UTF-8 without control characters that no text has; UTF-16 by its mark. */
function isPlainText(bytes: Uint8Array): boolean {
  if (hasWideMark(bytes)) return true;
  try {
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}

function withWarnings(decoded: DecodedBody, warnings: readonly string[]): DecodedBody {
  return decoded.ok && warnings.length > 0 ? { ...decoded, warnings: [...warnings, ...decoded.warnings] } : decoded;
}

/** Each byte as a character: unreadable, but nothing is lost. */
function asLatin(bytes: Uint8Array): string {
  return storableText(new TextDecoder("latin1").decode(bytes));
}

/** The beginning of a body, on one line, for a message. */
export function excerptOf(text: string): string {
  return storableText(cutText(text.slice(0, 2000).replace(/\s+/g, " ").trim(), 200));
}
