import { AppError } from "@/core/errors";
import { formatPath, validationFailed } from "./parse-input";

const none = new Uint8Array();
const maxDepth = 200;
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

/** Parses a JSON body. No bytes are `{}`, so that a body of optional fields may be left out. */
export function parseJsonBody(bytes: Uint8Array, contentType: string | null): unknown {
  if (bytes.length === 0) return {};
  if (contentType !== null && !jsonType.test(contentType)) {
    throw new AppError(
      "unsupported_media_type",
      "Send the body as JSON, with the header Content-Type: application/json.",
    );
  }
  const value = parse(bytes);
  inspect(value);
  return value;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new AppError("invalid_json", "The body is not valid JSON in UTF-8.");
  }
}

/**
 * Refuses what JSON allows but PostgreSQL's jsonb or plain objects do not: NUL and half surrogates in texts, `__proto__`
 * as a name, and nesting that would exhaust the stack of whoever walks it. Walks with its own stack for that reason.
 */
function inspect(root: unknown): void {
  const stack: { value: unknown; path: PropertyKey[] }[] = [{ value: root, path: [] }];
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { value, path } = item;
    if (typeof value === "string") refuseText(value, path);
    if (typeof value !== "object" || value === null) continue;
    if (path.length >= maxDepth) throw refusal("too_deep", [], `is nested more than ${maxDepth} levels deep`);
    if (Array.isArray(value)) {
      for (const [index, entry] of value.entries()) stack.push({ value: entry, path: [...path, index] });
      continue;
    }
    for (const [key, entry] of Object.entries(value)) {
      if (key === "__proto__") throw refusal("forbidden_name", path, "must not have a field named __proto__");
      refuseText(key, path);
      stack.push({ value: entry, path: [...path, key] });
    }
  }
}

function refuseText(text: string, path: PropertyKey[]): void {
  if (text.includes("\0") || /\p{Surrogate}/u.test(text)) {
    throw refusal("invalid_text", path, "contains a character that cannot be stored (NUL or half a surrogate pair)");
  }
}

function refusal(code: string, path: readonly PropertyKey[], message: string): AppError {
  return validationFailed([{ code, severity: "error", path: formatPath(path), message }]);
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
