import { createLine } from "@/server/line";
import { AppError, type ErrorDetail } from "@/core/errors";
import type { Json } from "@/core/json";
import { parseExactJson } from "@/server/integrations/http/exact-json";
import { requireAdmissible, requireFewValues } from "./admissible";
import { validationFailed } from "./validation-failed";

const none = new Uint8Array();

/** Parsing more than this takes long enough to be noticed by others. */
const largeBytes = 50_000;
const largeBodies = createLine();
const jsonType = /^application\/(?:[\w.+-]+\+)?json *(?:;|$)/i;

/**
 * The bytes of the body, at most `limit` of them; stops reading at the limit whatever the sender declared. Large bodies are handed
 * out one at a time, and others are answered between two of them.
 */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const bytes = await readUpTo(request, limit);
  if (bytes.length > largeBytes) await largeBodies("");
  return bytes;
}

async function readUpTo(request: Request, limit: number): Promise<Uint8Array> {
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

/**
 * Parses a JSON body and refuses what must not come in. No bytes are `{}`, so that a body of optional fields may be left out.
 * A number whose digits would be lost is refused with its place; with `onKept`, for senders who cannot be asked to send
 * another body, it is the text of its digits, and the places are told. Numbers beyond every double are always refused.
 */
export function parseJsonBody(
  bytes: Uint8Array,
  contentType: string | null,
  options: { onKept?: (paths: readonly string[]) => void } = {},
): unknown {
  if (bytes.length === 0) return {};
  if (contentType !== null && !jsonType.test(contentType)) {
    throw new AppError(
      "unsupported_media_type",
      "Send the body as JSON, with the header Content-Type: application/json.",
    );
  }
  requireFewValues(bytes);
  const value = requireExact(readUtf8(bytes), options);
  requireAdmissible(value);
  return value;
}

/** What a JSON text says, digit by digit. */
export function requireExact(text: string, { onKept }: { onKept?: (paths: readonly string[]) => void } = {}): Json {
  const read = parseExactJson(text);
  if (!read.ok) {
    if (read.code === "not_json") throw notJson();
    // Told with its place by the gate that comes next.
    if (read.code === "too_deep") return JSON.parse(text) as Json;
    throw validationFailed((read.paths ?? [""]).map((path) => numberProblem("number_too_large", path)));
  }
  if (read.kept.length > 0) {
    if (!onKept) throw validationFailed(read.kept.map((path) => numberProblem("number_too_precise", path)));
    onKept(read.kept);
  }
  return read.value;
}

const numberWords = {
  number_too_large: "This is larger than any number can be here. Send it as text, in quotes.",
  number_too_precise: "This number has more digits than can be calculated with. Send it as text, in quotes.",
} as const;

function numberProblem(code: keyof typeof numberWords, path: string): ErrorDetail {
  return { code, severity: "error", path, message: numberWords[code] };
}

function readUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw notJson();
  }
}

function notJson(): AppError {
  return new AppError("invalid_json", "The body is not valid JSON in UTF-8.");
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
