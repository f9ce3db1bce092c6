/** What was read, or why it cannot be. */
export type DecodedText =
  | { ok: true; text: string; warnings: string[] }
  | { ok: false; code: "unknown_charset" | "broken_text"; message: string };

interface Declaration {
  /** From the content type; null when it names none. */
  charset: string | null;
  /** Broken characters are refused instead of being replaced by U+FFFD. */
  strict?: boolean;
}

const marks: readonly (readonly [charset: string, bytes: readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/**
 * Bytes as text. The byte order mark decides and is dropped, then the declared character set, then what the document
 * says of itself (`<?xml encoding`, `<meta charset>`), then UTF-8; what is none of these is Western European.
 */
export function decodeText(bytes: Uint8Array, { charset, strict = false }: Declaration): DecodedText {
  const marked = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  const named = marked?.[0] ?? charset ?? writtenCharset(bytes);
  if (named === null) return decodeUndeclared(bytes, strict);
  const decoder = decoderFor(named, bytes);
  if (decoder === null) return decodeUnknown(bytes, named, strict);
  const text = decodedWith(decoder, bytes);
  if (!text.includes("\ufffd") || isWellEncoded(bytes, decoder.encoding)) return { ok: true, text, warnings: [] };
  const message = `Some characters are not ${named}, as which the body is declared.`;
  return strict
    ? {
        ok: false,
        code: "broken_text",
        message: `${message} Send it in the character set that its content type names.`,
      }
    : { ok: true, text, warnings: [`${message} They are shown as \ufffd.`] };
}

function decodeUndeclared(bytes: Uint8Array, strict: boolean): DecodedText {
  if (isWellEncoded(bytes, "utf-8")) return { ok: true, text: new TextDecoder().decode(bytes), warnings: [] };
  if (strict)
    return {
      ok: false,
      code: "broken_text",
      message: "The body is not UTF-8. Send UTF-8, or name the character set in the content type.",
    };
  return {
    ok: true,
    text: decodedWith(new TextDecoder("windows-1252"), bytes),
    warnings: ["The body names no character set and is not UTF-8, so it was read as Western European (windows-1252)."],
  };
}

/** A name that nobody knows does no harm when the bytes are UTF-8 all the same, unless its sender can be told. */
function decodeUnknown(bytes: Uint8Array, named: string, strict: boolean): DecodedText {
  const message = unknownCharset(named);
  return !strict && isWellEncoded(bytes, "utf-8")
    ? { ok: true, text: new TextDecoder().decode(bytes), warnings: [`${message} It was read as UTF-8.`] }
    : { ok: false, code: "unknown_charset", message: `${message} Use UTF-8.` };
}

export function unknownCharset(named: string): string {
  return `The body is declared in the character set "${named.slice(0, 40)}", which is not known.`;
}

/** Null for a character set that nobody knows. */
export function decoderFor(label: string, bytes?: Uint8Array): TextDecoder | null {
  try {
    // Without a mark, UTF-16 text that begins with a zero byte is big-endian.
    return new TextDecoder(/^utf-?16$/i.test(label) && bytes?.[0] === 0 ? "utf-16be" : label);
  } catch {
    return null;
  }
}

/** In two parts: the short way that Node has for Western European takes windows-1252 for Latin-1, and loses € and quotation marks. */
export function decodedWith(decoder: TextDecoder, bytes: Uint8Array): string {
  return decoder.decode(bytes, { stream: true }) + decoder.decode();
}

export function isWellEncoded(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function writtenCharset(bytes: Uint8Array): string | null {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 1024));
  if (!head.trimStart().startsWith("<")) return null;
  return (
    /^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]{1,40})/i.exec(head)?.[1] ??
    /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(head)?.[1] ??
    null
  );
}
