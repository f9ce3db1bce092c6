import type { StepError } from "@/core/step-error";
import { failureReason, type CallPhase, type FailureReason } from "./failure-reason";

/** Who calls, and so whose address it is and what can be done about it. `receiver`: what people call the service behind a channel. */
export type CallKind = OwnCall | { receiver: string };

type OwnCall = "connection" | "callback" | "subscription";

const addresses: Readonly<Record<OwnCall, string>> = {
  connection: "the base URL of the connection",
  callback: "the callback_url that the run was started with",
  subscription: "the address of the webhook subscription",
};

const afterTimeout: Readonly<Record<OwnCall, string>> = {
  connection: "Ask the service for less at a time, or give the step more time.",
  callback: "Let the receiver answer at once, and work on what it got afterwards.",
  subscription: "Let the receiver answer at once, and work on what it got afterwards.",
};

function addressOf(kind: CallKind): string {
  return typeof kind === "string" ? addresses[kind] : `the ${kind.receiver} address of whoever is to be told`;
}

function adviceAfterTimeout(kind: CallKind): string {
  return typeof kind === "string"
    ? afterTimeout[kind]
    : `Look whether ${kind.receiver} is in trouble, and send the message again.`;
}

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

interface Failure {
  error: unknown;
  phase: CallPhase;
  kind: CallKind;
  /** `host:port` for the message; never the whole URL, whose query may hold data. */
  host: string;
  timeoutMs: number;
  /** Our own time limit has fired. */
  timedOut: boolean;
  /** The caller gave up: the run was cancelled or the attempt's time was over. */
  aborted: boolean;
}

/** Says what went wrong on the wire, and what to do about it for this kind of call, in the words of a step error. */
export function transportError({ error, phase, kind, host, timeoutMs, timedOut, aborted }: Failure): StepError {
  if (timedOut)
    return {
      code: "timeout",
      class: "timeout",
      outcomeUnknown: true,
      message: `${host} did not answer within ${String(timeoutMs / 1000)} s. ${adviceAfterTimeout(kind)}`,
    };
  if (aborted)
    return {
      code: "cancelled",
      class: "other",
      retryable: false,
      outcomeUnknown: true,
      message: `The call to ${host} was given up because the run stopped.`,
    };
  const { reason, code, limit } = failureReason(error, phase);
  return errors[reason]({ host, address: addressOf(kind), code, limit: limit ?? 0 });
}

interface Facts {
  host: string;
  address: string;
  code: string;
  limit: number;
}

const notSent = { class: "network", outcomeUnknown: false } as const;
const perhapsDone = { class: "network", outcomeUnknown: true } as const;
const final = { class: "other", retryable: false } as const;

const errors: Readonly<Record<FailureReason, (facts: Facts) => StepError>> = {
  address_refused: ({ host, address }) => ({
    code: "address_refused",
    ...final,
    message: `${host} has a private or reserved address, so nothing was sent. Check ${address}; if it is meant to be reached, an administrator can add it to HOLDPOINT_ALLOW_PRIVATE_HOSTS.`,
  }),
  too_large: ({ host, limit }) => ({
    code: "response_too_large",
    ...final,
    outcomeUnknown: true,
    message: `${host} answered with more than ${String(limit)} bytes. Ask for a smaller page or fewer fields.`,
  }),
  not_sendable: ({ host }) => ({
    code: "invalid_request",
    ...final,
    message: `The call to ${host} cannot be sent, because its method or one of its headers is not as HTTP demands. Check its method and headers.`,
  }),
  name_unknown: ({ host, address }) => ({
    code: "dns_failed",
    ...notSent,
    message: `There is no server of the name ${withoutPort(host)}, so nothing was sent. Check ${address}.`,
  }),
  name_not_looked_up: ({ host }) => ({
    code: "dns_failed",
    ...notSent,
    message: `The name ${withoutPort(host)} could not be looked up just now, so nothing was sent. If other names fail too, an administrator should check the name server of this machine.`,
  }),
  refused: ({ host, address }) => ({
    code: "connection_failed",
    ...notSent,
    message: `Nothing takes calls at ${host}, so nothing was sent. Look whether the receiver runs, and check host and port of ${address}.`,
  }),
  unreachable: ({ host, address }) => ({
    code: "connection_failed",
    ...notSent,
    message: `${host} cannot be reached over the network, so nothing was sent. Look whether the receiver runs and lets calls from here through, and check ${address}.`,
  }),
  too_many_connections: ({ host }) => ({
    code: "connection_failed",
    ...notSent,
    message: `Too many connections are open on this machine for one more to ${host}, so nothing was sent. Try again later; if it stays so, an administrator should allow more open files.`,
  }),
  not_secure: ({ host, address, code }) => ({
    code: "tls_failed",
    ...notSent,
    retryable: false,
    message: `No secure connection to ${host}: ${tlsWords[code] ?? "its certificate or its encryption is not accepted"}. Nothing was sent. Whoever runs the receiver has to renew or correct its certificate; or check that host and port of ${address} speak https.`,
  }),
  no_http: ({ host, address }) => ({
    code: "response_broken",
    ...perhapsDone,
    message: `What ${host} answered is no answer in HTTP. Check that host and port of ${address} belong to a web service.`,
  }),
  damaged: ({ host }) => ({
    code: "response_broken",
    ...perhapsDone,
    message: `The packed answer of ${host} is damaged. If it stays so, whoever runs the receiver should look at how it packs its answers.`,
  }),
  closed: ({ host }) => ({
    code: "no_response",
    ...perhapsDone,
    message: `${host} closed the connection without answering. If it stays so, whoever runs the receiver should look into its log.`,
  }),
  broken_off: ({ host }) => ({
    code: "response_broken",
    ...perhapsDone,
    message: `${host} broke off in the middle of its answer. If it stays so, whoever runs the receiver should look into its log.`,
  }),
};

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, "");
}
