import { RefusedAddressError } from "./guarded-agent";
import { ResponseTooLargeError } from "./read-body";
import { UnpackedTooLargeError } from "./unpack";

/** How far the call had come: `sending` = nothing was answered, `reading` = the answer had begun. */
export type CallPhase = "sending" | "reading";

/** Closed: why a call came to nothing. */
export type FailureReason =
  | "address_refused"
  | "too_large"
  | "not_sendable"
  | "name_unknown"
  | "name_not_looked_up"
  | "refused"
  | "unreachable"
  | "too_many_connections"
  | "not_secure"
  | "no_http"
  | "damaged"
  | "closed"
  | "broken_off";

/** Node, undici, zlib and OpenSSL name what happened; nobody else ever reads these names. */
const reasonOfCode: Readonly<Record<string, FailureReason>> = {
  ENOTFOUND: "name_unknown",
  EAI_NODATA: "name_unknown",
  EAI_NONAME: "name_unknown",
  ENODATA: "name_unknown",
  ENONAME: "name_unknown",
  EBADNAME: "name_unknown",
  EAI_AGAIN: "name_not_looked_up",
  EAI_FAIL: "name_not_looked_up",
  EAI_MEMORY: "name_not_looked_up",
  EAI_SYSTEM: "name_not_looked_up",
  ESERVFAIL: "name_not_looked_up",
  ETIMEOUT: "name_not_looked_up",
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  ENETUNREACH: "unreachable",
  ENETDOWN: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  EACCES: "unreachable",
  EPERM: "unreachable",
  UND_ERR_CONNECT_TIMEOUT: "unreachable",
  EMFILE: "too_many_connections",
  ENFILE: "too_many_connections",
  ENOBUFS: "too_many_connections",
  UND_ERR_INVALID_ARG: "not_sendable",
  UND_ERR_NOT_SUPPORTED: "not_sendable",
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: "not_sendable",
  ERR_INVALID_CHAR: "not_sendable",
  ERR_INVALID_ARG_TYPE: "not_sendable",
  ERR_INVALID_ARG_VALUE: "not_sendable",
  UND_ERR_HEADERS_OVERFLOW: "no_http",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "broken_off",
};

/** What is called what it is by how its name begins or ends. */
const reasonOfForm: readonly (readonly [form: RegExp, reason: FailureReason])[] = [
  [/^ERR_(SSL|TLS)_|CERT|_SIGNATURE$|^HOSTNAME_MISMATCH$|^(INVALID|UNTRUSTED)_(CA|PURPOSE)$|^EPROTO$/, "not_secure"],
  [/^HPE_/, "no_http"],
  [/^Z_|^(ERR_)+(BROTLI|_ERROR)/, "damaged"],
];

/** Why the call failed. `limit`: bytes, of an answer that is too large. `code`: how its library calls it, empty when it says nothing. */
export function failureReason(
  error: unknown,
  phase: CallPhase,
): { reason: FailureReason; code: string; limit?: number } {
  const all = causes(error);
  if (all.some((cause) => cause instanceof RefusedAddressError)) return { reason: "address_refused", code: "" };
  if (error instanceof ResponseTooLargeError || error instanceof UnpackedTooLargeError)
    return { reason: "too_large", code: "", limit: error.limit };
  const code = all.map(errorCode).find((found) => found !== "") ?? "";
  const known = Object.hasOwn(reasonOfCode, code) ? reasonOfCode[code] : undefined;
  const reason = known ?? reasonOfForm.find(([form]) => form.test(code))?.[1];
  return { reason: reason ?? (phase === "sending" ? "closed" : "broken_off"), code };
}

/** The error and what lies beneath it: `cause` chains and the members of an AggregateError (happy eyeballs). */
function causes(error: unknown, depth = 0): unknown[] {
  if (!(error instanceof Error) || depth > 4) return [error];
  const members: unknown[] = error instanceof AggregateError ? error.errors : [];
  const inner = [error.cause, ...members].filter((cause) => cause !== undefined);
  return [error, ...inner.flatMap((cause) => causes(cause, depth + 1))];
}

function errorCode(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}
