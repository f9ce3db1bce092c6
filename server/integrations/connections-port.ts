import { authDefinitions } from "@/connectors/auth/definitions";
import type { AuthDefinitions } from "@/core/auth-definition";
import type { StepError } from "@/core/step-error";
import type { StepErrorCode } from "@/core/step-error-codes";
import type { Clock, ConnectionPort, HttpResponse } from "@/core/ports";
import { openCredentials } from "./credentials";
import type { HttpClient } from "./http/http-client";
import { outgoingHeaders } from "./outgoing-headers";
import { callIntent, callReceipt, type CallContext, type CallReceipt } from "./receipts";
import { encodeBody } from "./request-body";
import type { KeyRing } from "./secrets/key-ring";
import { redactText, redactValues } from "./secrets/redact";
import { signedUrl } from "./signed-url";
import { targetUrl } from "./target-url";

/** A connection as it is stored. */
export interface ConnectionRecord {
  id: string;
  organizationId: string;
  slug: string;
  connector: string;
  baseUrl: string;
  authType: string;
  secretSealed: string | null;
  /** What it does is real: a test asks before it is used. */
  isLive?: boolean;
  /** False: what it answers is kept for the run alone. */
  recordBodies?: boolean;
}

export interface ConnectionPortOptions {
  /** Within the call's organization; null when there is none of that name. */
  loadConnection(organizationId: string, slug: string): Promise<ConnectionRecord | null>;
  httpClient: HttpClient;
  keyRing: KeyRing;
  clock: Clock;
  /** Awaited right before the request leaves. When it throws, nothing is sent and the error goes on to the caller. */
  beforeSend?(): Promise<void>;
  /** Told once per call, after it. */
  onReceipt(receipt: CallReceipt): void | Promise<void>;
  call: CallContext;
  /** Connections marked live answer with an error instead of being called. */
  refuseLive?: boolean;
  /** The ways to authenticate that are known. */
  kinds?: AuthDefinitions;
}

/** The connection port of one attempt of one step. */
export function createConnectionPort({
  loadConnection,
  httpClient,
  keyRing,
  clock,
  beforeSend,
  onReceipt,
  call,
  refuseLive = false,
  kinds = authDefinitions,
}: ConnectionPortOptions): ConnectionPort {
  return {
    async request(slug, request) {
      const connection = await loadConnection(call.organizationId, slug);
      if (!connection)
        return {
          error: configError(
            "unknown_connection",
            `There is no connection "${slug}". Add it under Connections, or name another one in the step.`,
          ),
        };
      if (refuseLive && connection.isLive)
        return {
          error: configError(
            "live_connection",
            `"${slug}" acts for real, and this test was started without it. Execute again and allow it, or pin this step.`,
          ),
        };
      const credentials = openCredentials(connection, keyRing, kinds);
      if (credentials === null)
        return {
          error: configError(
            "connection_unusable",
            `The credentials of the connection "${slug}" cannot be read. Enter them again under Connections.`,
          ),
        };
      const { signature, secrets } = credentials;
      const target = targetUrl(connection, request);
      if (!target.ok) return { error: configError(target.code, target.message) };
      const { url, signed, warnings } = signedUrl(target.url, signature.query);
      const own = outgoingHeaders(request.headers ?? {}, {
        ...signature.headers,
        "idempotency-key": call.idempotencyKey,
      });
      if (!own.ok) return { error: configError("invalid_header", own.message) };
      const encoded = await encodeBody(request.method, own.headers, request.body);
      if (!encoded.ok) return { error: configError("invalid_body", encoded.message) };
      const { headers, body } = encoded;
      const intent = callIntent(
        call,
        { method: request.method.toUpperCase(), url, body: encoded.compared, sentAt: clock.now() },
        secrets,
      );
      await beforeSend?.();
      const result = await httpClient.send({
        kind: "connection",
        method: request.method,
        url: signed,
        headers,
        timeoutMs: request.timeoutMs,
        ...(body === undefined ? {} : { body }),
        ...(call.signal ? { signal: call.signal } : {}),
      });
      await onReceipt(
        callReceipt(intent, result, clock.now(), { secrets, recordBodies: connection.recordBodies ?? true }),
      );
      const told = [...warnings, ...own.warnings, ...encoded.warnings];
      if ("error" in result) {
        const error = { ...result.error, message: redactText(result.error.message, secrets) };
        return told.length === 0 ? { error } : { error, warnings: told };
      }
      return { response: withoutSecrets(result.response, told, secrets) };
    },
  };
}

/** What goes on to the step: no secrets, and what a person should know about how it was asked and read. */
function withoutSecrets(response: HttpResponse, told: readonly string[], secrets: readonly string[]): HttpResponse {
  const headers = Object.entries(response.headers).filter(([name]) => name !== "set-cookie");
  const { problem, warnings: read = [], ...rest } = response;
  const warnings = [...told, ...read];
  return {
    ...rest,
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(problem ? { problem: { ...problem, message: redactText(problem.message, secrets) } } : {}),
    headers: Object.fromEntries(headers.map(([name, value]) => [name, redactText(value, secrets)])),
    body: redactValues(response.body, secrets),
  };
}

function configError(code: StepErrorCode, message: string): StepError {
  return { code, message, class: "other", retryable: false };
}
