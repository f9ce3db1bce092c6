import { AppError } from "@/core/errors";
import { requireAdmissible } from "./admissible";

const none = new Uint8Array();
const jsonType = /^application\/(?:[\w.+-]+\+)?json *(?:;|$)/i;

/** The bytes of the body, at most `limit` of them; stops reading at the limit whatever the sender declared. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  if (!request.body) return none;
  const encoding = request.headers.get("content-encoding");
  if (encoding !== null && encoding !== "identity")
    throw new AppError("unsupported_media_type", "Compressed bodies are not accepted; send the body as it is.");
  const declared = request.headers.get("content-length");
  if (declared !== null && /^\d+$/.test(declared)) {
    if (Number(declared) > limit) throw tooLarge(limit);
    // The HTTP server holds the sender to its declared length.
    const bytes = new Uint8Array(await readAll(request));
    if (bytes.length > limit) throw tooLarge(limit);
    return bytes;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => cutOff());
    if (done) return Buffer.concat(chunks);
    size += value.length;
    if (size > limit) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge(limit);
    }
    chunks.push(value);
  }
}

/** Parses a JSON body and refuses what must not come in. No bytes are `{}`, so that a body of optional fields may be left out. */
export function parseJsonBody(bytes: Uint8Array, contentType: string | null): unknown {
  if (bytes.length === 0) return {};
  if (contentType !== null && !jsonType.test(contentType)) {
    throw new AppError(
      "unsupported_media_type",
      "Send the body as JSON, with the header Content-Type: application/json.",
    );
  }
  const value = parse(bytes);
  requireAdmissible(value);
  return value;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new AppError("invalid_json", "The body is not valid JSON in UTF-8.");
  }
}

function tooLarge(limit: number): AppError {
  return new AppError(
    "payload_too_large",
    `The body is larger than ${Math.floor(limit / 1_000)} kB, the most this address takes.`,
  );
}

function readAll(request: Request): Promise<ArrayBuffer> {
  return request.arrayBuffer().catch(() => cutOff());
}

function cutOff(): never {
  throw new AppError("bad_request", "The body ended before it was complete. Send it again.");
}
