import type { StepError } from "@/core/engine/protocol";
import { RefusedAddressError } from "./guarded-agent";
import { UnpackedTooLargeError } from "./unpack";

/** How far the call had come: `sending` = nothing was answered, `reading` = the answer had begun. */
export type CallPhase = "sending" | "reading";

/** The response was longer than the caller allows. */
export class ResponseTooLargeError extends Error {
  override readonly name = "ResponseTooLargeError";
  constructor(readonly limit: number) {
    super(`The response is larger than ${String(limit)} bytes.`);
  }
}

const dnsErrors = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA", "EAI_NONAME", "EAI_FAIL"]);
const invalidRequestErrors = new Set([
  "UND_ERR_INVALID_ARG",
  "UND_ERR_NOT_SUPPORTED",
  "ERR_INVALID_CHAR",
  "ERR_INVALID_ARG_TYPE",
  "ERR_INVALID_ARG_VALUE",
]);
const connectErrors = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
]);

const tlsWords: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "it signed its certificate itself",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate comes from an authority that signed itself",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "it does not send the certificate of the authority that signed its own",
  UNABLE_TO_GET_ISSUER_CERT: "the authority that signed its certificate is not known",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the authority that signed its certificate is not known",
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  CERT_REVOKED: "its certificate was revoked",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
  HOSTNAME_MISMATCH: "its certificate is for another name",
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak https there",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "it does not speak https there",
};

/** OpenSSL names certificates and signatures, Node names the rest. */
function isTlsFailure(code: string): boolean {
  return /^ERR_(SSL|TLS)_|CERT|_SIGNATURE$|^HOSTNAME_MISMATCH$|^(INVALID|UNTRUSTED)_(CA|PURPOSE)$|^EPROTO$/.test(code);
}

interface Failure {
  error: unknown;
  phase: CallPhase;
  /** `host:port` for the message; never the whole URL, whose query may hold data. */
  host: string;
  timeoutMs: number;
  /** Our own time limit has fired. */
  timedOut: boolean;
  /** The caller gave up: the run was cancelled or the attempt's time was over. */
  aborted: boolean;
}

/** Says what went wrong on the wire in the words of a step error. */
export function transportError({ error, phase, host, timeoutMs, timedOut, aborted }: Failure): StepError {
  const seconds = String(timeoutMs / 1000);
  if (timedOut)
    return {
      code: "timeout",
      class: "timeout",
      outcomeUnknown: true,
      message: `${host} did not answer within ${seconds} s.`,
    };
  if (aborted)
    return {
      code: "cancelled",
      class: "other",
      retryable: false,
      outcomeUnknown: true,
      message: `The call to ${host} was given up because the run stopped.`,
    };
  const refused = causes(error).find((cause) => cause instanceof RefusedAddressError);
  if (refused) return refusedAddress(host);
  if (error instanceof ResponseTooLargeError || error instanceof UnpackedTooLargeError) {
    return {
      code: "response_too_large",
      class: "other",
      retryable: false,
      outcomeUnknown: true,
      message: `${host} answered with more than ${String(error.limit)} bytes. Ask for a smaller page or fewer fields.`,
    };
  }
  const code =
    causes(error)
      .map(errorCode)
      .find((found) => found !== "") ?? "unknown";
  if (invalidRequestErrors.has(code))
    return {
      code: "invalid_request",
      class: "other",
      retryable: false,
      message: `The call to ${host} cannot be sent: ${error instanceof Error ? error.message : code}. Check its method and headers.`,
    };
  if (dnsErrors.has(code))
    return {
      code: "dns_failed",
      class: "network",
      outcomeUnknown: false,
      message: `The name of ${host} could not be resolved (${code}). Check the connection's base URL.`,
    };
  if (connectErrors.has(code))
    return {
      code: "connection_failed",
      class: "network",
      outcomeUnknown: false,
      message: `No connection to ${host} (${code}).`,
    };
  if (isTlsFailure(code))
    return {
      code: "tls_failed",
      class: "network",
      retryable: false,
      outcomeUnknown: false,
      message: `No secure connection to ${host}: ${tlsWords[code] ?? `its certificate or its encryption is not accepted (${code})`}. Nothing was sent. Whoever runs the service has to renew or correct its certificate, or check that the address and port speak https.`,
    };
  if (phase === "sending")
    return {
      code: "no_response",
      class: "network",
      outcomeUnknown: true,
      message: `${host} closed the connection without answering (${code}).`,
    };
  return {
    code: "response_broken",
    class: "network",
    outcomeUnknown: true,
    message: `${host} broke off in the middle of its answer (${code}).`,
  };
}

export function refusedAddress(host: string): StepError {
  return {
    code: "address_refused",
    class: "other",
    retryable: false,
    message: `${host} has a private or reserved address, so nothing was sent. If it is meant to be reached, an administrator can add it to HOLDPOINT_ALLOW_PRIVATE_HOSTS.`,
  };
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
