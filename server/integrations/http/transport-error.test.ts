import dns from "node:dns";
import os from "node:os";
import { constants as zlib } from "node:zlib";
import { describe, expect, test } from "vitest";
import { errors as undici } from "undici";
import { RefusedAddressError } from "./guarded-agent";
import { ResponseTooLargeError } from "./read-body";
import { transportError, type CallKind } from "./transport-error";
import { UnpackedTooLargeError } from "./unpack";

const kinds: readonly CallKind[] = ["connection", "callback", "subscription", { receiver: "Slack" }];
const raw = "getaddrinfo libraryword nobody.example";

const coded = (code: string): Error => new Error("fetch failed", { cause: Object.assign(new Error(raw), { code }) });

function codeOf(Known: unknown): string[] {
  try {
    return [String(Reflect.get(Reflect.construct(Known as new (message: string) => Error, ["x"]), "code"))];
  } catch {
    return [];
  }
}

/** Every name that Node, undici, zlib and OpenSSL have for a failure, as far as they list them. */
const codes = [
  ...Object.keys(os.constants.errno),
  ...Object.values(dns)
    .map(String)
    .filter((value) => /^E[A-Z]+$/.test(value)),
  ...["EAI_AGAIN", "EAI_FAIL", "EAI_NODATA", "EAI_NONAME", "EAI_MEMORY", "EAI_SYSTEM"],
  ...Object.values(undici).flatMap(codeOf),
  ...["UND_ERR_CONNECT_TIMEOUT", "UND_ERR_SOCKET", "UND_ERR_INVALID_ARG", "UND_ERR_NOT_SUPPORTED"],
  ...["UND_ERR_HEADERS_OVERFLOW", "UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "UND_ERR_DESTROYED", "UND_ERR_CLOSED"],
  ...Object.keys(zlib).filter((name) => /^Z_.*ERROR$/.test(name)),
  ...["ERR__ERROR_FORMAT_PADDING_1", "HPE_INVALID_CONSTANT", "HPE_HEADER_OVERFLOW", "ERR_INVALID_CHAR"],
  ...[
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "CERT_HAS_EXPIRED",
  ],
  ...["CERT_NOT_YET_VALID", "CERT_REVOKED", "ERR_TLS_CERT_ALTNAME_INVALID", "ERR_SSL_WRONG_VERSION_NUMBER"],
  ...["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "UNABLE_TO_GET_ISSUER_CERT", "INVALID_CA", "CERT_CHAIN_TOO_LONG"],
  ...["SOMETHING_NEW", ""],
];

const failure = (error: unknown, kind: CallKind, more: object = {}) =>
  transportError({
    error,
    kind,
    phase: "sending",
    host: "svc.example:443",
    timeoutMs: 5000,
    timedOut: false,
    aborted: false,
    ...more,
  });

describe("words of a call that came to nothing", () => {
  test.each(kinds)("a %s is told in sentences, without the name that a library has for it", (kind) => {
    const others = [
      new RefusedAddressError("x"),
      new ResponseTooLargeError(9),
      new UnpackedTooLargeError(9),
      raw,
      null,
    ];
    for (const error of [...codes.map(coded), ...others])
      for (const phase of ["sending", "reading"])
        for (const more of [{}, { timedOut: true }, { aborted: true }]) {
          const { message } = failure(error, kind, { phase, ...more });
          expect(message).toMatch(/svc\.example.*\.$/);
          expect(message.replace("HOLDPOINT_ALLOW_PRIVATE_HOSTS", "")).not.toMatch(
            /libraryword|fetch failed|undici|\b(?:E[A-Z]{3,}|[A-Z]+_[A-Z_]+)\b/,
          );
          if (kind !== "connection") expect(message).not.toMatch(/base URL|the connection\b(?! without)|the step\b/);
        }
  });

  test("a callback whose host nobody knows speaks of the callback", () => {
    expect(failure(coded("ENOTFOUND"), "callback")).toEqual({
      code: "dns_failed",
      class: "network",
      outcomeUnknown: false,
      message:
        "There is no server of the name svc.example, so nothing was sent. Check the callback_url that the run was started with.",
    });
  });

  test.each([
    ["ENOTFOUND", "dns_failed", "the base URL of the connection", false],
    ["EAI_AGAIN", "dns_failed", "name server", false],
    ["ECONNREFUSED", "connection_failed", "Nothing takes calls at svc.example:443", false],
    ["UND_ERR_CONNECT_TIMEOUT", "connection_failed", "cannot be reached over the network", false],
    ["EMFILE", "connection_failed", "Too many connections", false],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls_failed", "it signed its certificate itself", false],
    ["CERT_HAS_EXPIRED", "tls_failed", "its certificate has expired", false],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "tls_failed", "is for another name", false],
    ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "tls_failed", "its encryption is not accepted", false],
    ["UND_ERR_INVALID_ARG", "invalid_request", "method and headers", undefined],
    ["HPE_INVALID_CONSTANT", "response_broken", "no answer in HTTP", true],
    ["Z_DATA_ERROR", "response_broken", "is damaged", true],
    ["ECONNRESET", "no_response", "without answering", true],
  ])("B-35 %s is %s", (code, named, words, outcomeUnknown) => {
    const error = failure(coded(code), "connection");
    expect(error).toMatchObject({ code: named, message: expect.stringContaining(words) as string });
    expect(error.outcomeUnknown).toBe(outcomeUnknown);
    expect(error.retryable).toBe(["tls_failed", "invalid_request"].includes(named) ? false : undefined);
  });
});
