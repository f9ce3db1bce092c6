import type { Readable, Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Json } from "@/core/json";
import { parseStorableJson, storableText } from "./storable-json";
import { ResponseTooLargeError } from "./transport-error";

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Reads to the end, unpacked. The limit holds for unpacked bytes, so that a small bomb cannot become a big string. */
export async function readBody(body: Readable, encoding: string, limit: number): Promise<string> {
  const decode = decoders[encoding.trim().toLowerCase()];
  const source = decode ? body.pipe(decode()) : body;
  const forwarded = (error: Error): void => {
    source.destroy(error);
  };
  if (source !== body) body.on("error", forwarded);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of source) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      size += bytes.length;
      if (size > limit) throw new ResponseTooLargeError(limit);
      chunks.push(bytes);
    }
  } finally {
    if (size > limit) body.on("error", ignore).destroy();
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Parsed JSON when it is JSON, otherwise the text; nothing at all is null. */
export function parseBody(text: string, contentType: string): Json {
  if (text === "") return null;
  const looksLikeJson = /[/+]json\b/i.test(contentType) || /^\s*[[{]/.test(text);
  if (!looksLikeJson) return storableText(text);
  try {
    return parseStorableJson(text);
  } catch {
    return storableText(text);
  }
}

function ignore(): void {
  // The stream was cut on purpose; its complaint about that is of no interest.
}
