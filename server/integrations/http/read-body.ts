import type { Readable } from "node:stream";

/** The response was longer than the caller allows. */
export class ResponseTooLargeError extends Error {
  override readonly name = "ResponseTooLargeError";
  constructor(readonly limit: number) {
    super(`The response is larger than ${String(limit)} bytes.`);
  }
}

/** Reads to the end, at most `limit` bytes as they come over the wire. */
export async function readBody(body: Readable, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      size += bytes.length;
      if (size > limit) throw new ResponseTooLargeError(limit);
      chunks.push(bytes);
    }
  } finally {
    if (size > limit) body.on("error", ignore).destroy();
  }
  return Buffer.concat(chunks);
}

function ignore(): void {
  // The stream was cut on purpose; its complaint about that is of no interest.
}
