import { fileTypeFromBuffer } from "file-type";
import { acceptsType, fileTypes } from "@/core/file-types";

/** What a file that can be taken is found to be by its first bytes; null for all others, whatever they are called. */
export async function contentType(
  first: Uint8Array,
  { name, accept }: { name: string; accept: readonly string[] },
): Promise<string | null> {
  const found = await fileTypeFromBuffer(first).catch(() => undefined);
  if (found === undefined) return isHarmlessStart(first) ? textType(name, accept) : null;
  const type = sameAs[found.mime] ?? found.mime;
  return isListed(type) && acceptsType(accept, type) ? type : null;
}

/** Whether bytes may be a part of a text: it has none of the marks that only programs and pictures have. */
export function isText(bytes: Uint8Array): boolean {
  return !bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c);
}

const sameAs: Readonly<Record<string, string>> = { "image/heif": "image/heic" };

function isListed(type: string): boolean {
  return fileTypes.some((each) => each.type === type);
}

/** Plain text and CSV differ only in what they are called. */
function textType(name: string, accept: readonly string[]): string | null {
  const named = name.toLowerCase().endsWith(".csv") ? "text/csv" : "text/plain";
  return [named, "text/plain", "text/csv"].find((type) => acceptsType(accept, type)) ?? null;
}

/** How pages, pictures that are pages, and scripts begin. */
const active = /^\s*(?:<|#!|\{\\rtf|%!)|<(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?php)\b/i;
const looked = 4_096;

function isHarmlessStart(first: Uint8Array): boolean {
  const text = Buffer.from(first.subarray(0, looked)).toString("latin1").replace(/^ï»¿/, "");
  return isText(first) && !active.test(text);
}
