import { AppError, type ErrorCode } from "@/core/errors";
import type { Json } from "@/core/json";
import { requireAdmissible } from "@/server/http/admissible";
import { decodeBody, type BodyProblem } from "@/server/integrations/http/decode-body";
import { decodeText } from "@/server/integrations/http/decode-text";
import { readContentType } from "@/server/integrations/http/content-type";

export interface ReadBody {
  value: Json;
  /** What was taken, but not quite as it was sent. */
  warnings: string[];
}

/**
 * The body of a call as its content type declares it. JSON is what it is, also a list or a single value; the fields of forms are an
 * object, with files as `{base64, type, size, name}`; text and XML are `{text}`, other bytes `{base64, type, size}`; nothing is `{}`.
 * What cannot be read is refused.
 */
export async function readCallBody(bytes: Uint8Array, contentType: string | null): Promise<ReadBody> {
  const decoded = await decodeBody(bytes, contentType ?? "", { strict: true });
  if (!decoded.ok) {
    if (decoded.code === "not_json")
      throw new AppError("invalid_json", "The body is declared as JSON and is not valid JSON.");
    const code = refusals[decoded.code];
    throw new AppError(
      code,
      decoded.message,
      code === "validation_failed" ? [detail(decoded.code, decoded.message)] : [],
    );
  }
  const { kind, value, warnings } = decoded;
  if (kind === "empty") return { value: {}, warnings };
  if (kind === "text") return { value: { text: value }, warnings };
  requireUnmended(bytes, contentType ?? "");
  requireAdmissible(value);
  return { value, warnings };
}

const refusals: Readonly<Record<Exclude<BodyProblem, "not_json">, ErrorCode>> = {
  too_deep: "validation_failed",
  number_too_large: "validation_failed",
  unknown_charset: "unsupported_media_type",
  broken_text: "bad_request",
  broken_form: "bad_request",
};

/** JSON can spell characters that no text has. Whoever sends them is told, instead of reading something else later. */
function requireUnmended(bytes: Uint8Array, contentType: string): void {
  const { charset, kind } = readContentType(contentType);
  if (kind === "multipart" || kind === "binary") return;
  const decoded = decodeText(bytes, { charset });
  if (!decoded.ok || !/\\u(?:0000|d[89a-f])/i.test(decoded.text)) return;
  let plain: unknown;
  try {
    plain = JSON.parse(decoded.text);
  } catch {
    return;
  }
  requireAdmissible(plain);
}

function detail(code: string, message: string) {
  return { code, severity: "error" as const, path: "", message };
}
