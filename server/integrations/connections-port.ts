import { connectionAuthSchema, type ConnectionAuth } from "@/core/contracts/connection";
import type { StepError } from "@/core/engine/protocol";
import type { Clock, ConnectionPort, HttpRequest, HttpResponse } from "@/core/ports";
import { authHeaders, secretValues } from "./credentials";
import type { HttpClient } from "./http/http-client";
import { joinUrl, type JoinedUrl } from "./join-url";
import { callIntent, callReceipt, type CallContext, type CallIntent, type CallReceipt } from "./receipts";
import { encodeBody } from "./request-body";
import { connectionContext, type KeyRing } from "./secrets/key-ring";
import { redactText, redactValues } from "./secrets/redact";

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
}

export interface ConnectionPortOptions {
  /** Within the call's organization; null when there is none of that name. */
  loadConnection(organizationId: string, slug: string): Promise<ConnectionRecord | null>;
  httpClient: HttpClient;
  keyRing: KeyRing;
  clock: Clock;
  /** Awaited before anything is sent. Give it for steps that must not be repeated blindly. */
  onIntent?(intent: CallIntent): Promise<void>;
  /** Told once per call, after it. */
  onReceipt(receipt: CallReceipt): void | Promise<void>;
  call: CallContext;
  /** Connections marked live answer with an error instead of being called. */
  refuseLive?: boolean;
}

/** The connection port of one attempt of one step. */
export function createConnectionPort({
  loadConnection,
  httpClient,
  keyRing,
  clock,
  onIntent,
  onReceipt,
  call,
  refuseLive = false,
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
      const opened = openCredentials(connection, keyRing);
      if ("error" in opened) return opened;
      const target = targetUrl(connection, request, opened.credentials);
      if (!target.ok) return { error: configError("invalid_path", target.message) };

      const secrets = secretValues(opened.credentials);
      const injected = target.isForeign ? {} : authHeaders(opened.credentials);
      const { headers, body } = encodeBody(
        request.method,
        { ...ownHeaders(request.headers ?? {}), ...injected, "idempotency-key": call.idempotencyKey },
        request.body,
      );
      const intent = callIntent(
        call,
        { method: request.method.toUpperCase(), url: target.url, body, sentAt: clock.now() },
        secrets,
      );
      await onIntent?.(intent);
      const result = await httpClient.send({
        method: request.method,
        url: target.url,
        headers,
        timeoutMs: request.timeoutMs,
        ...(body === undefined ? {} : { body }),
        ...(call.signal ? { signal: call.signal } : {}),
      });
      await onReceipt(callReceipt(intent, result, clock.now(), secrets));
      if ("error" in result) return { error: { ...result.error, message: redactText(result.error.message, secrets) } };
      return { response: withoutSecrets(result.response, secrets) };
    },
  };
}

/** Headers that belong to the connection between two machines, not to the message. */
const refusedHeaders = new Set([
  "host",
  "content-length",
  "transfer-encoding",
  "connection",
  "keep-alive",
  "upgrade",
  "expect",
  "te",
  "trailer",
  "proxy-authorization",
  "proxy-connection",
]);

function ownHeaders(headers: Record<string, string>): Record<string, string> {
  const lower = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  return Object.fromEntries(lower.filter(([name]) => !refusedHeaders.has(name)));
}

function openCredentials(
  connection: ConnectionRecord,
  keyRing: KeyRing,
): { credentials: ConnectionAuth } | { error: StepError } {
  if (connection.authType === "none") return { credentials: { type: "none" } };
  const unreadable = {
    error: configError(
      "connection_unusable",
      `The credentials of the connection "${connection.slug}" cannot be read. Enter them again under Connections.`,
    ),
  };
  if (connection.secretSealed === null) return unreadable;
  try {
    const plain: unknown = JSON.parse(
      keyRing.open(connection.secretSealed, connectionContext(connection.organizationId, connection.id)),
    );
    const parsed = connectionAuthSchema.safeParse(plain);
    return parsed.success && parsed.data.type === connection.authType ? { credentials: parsed.data } : unreadable;
  } catch {
    return unreadable;
  }
}

/** Only the generic connector may name a whole URL, and then the credentials stay at home unless it is their origin. */
function targetUrl(
  connection: ConnectionRecord,
  request: HttpRequest,
  credentials: ConnectionAuth,
): (JoinedUrl & { ok: true; isForeign: boolean }) | { ok: false; message: string } {
  if (connection.connector === "http" && /^https?:\/\//i.test(request.path)) {
    if (!URL.canParse(request.path))
      return {
        ok: false,
        message: "The URL cannot be read. Write it with scheme and host, for example https://api.example.com/v1.",
      };
    const url = new URL(request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.append(name, value);
    const home = URL.canParse(connection.baseUrl) ? new URL(connection.baseUrl).origin : null;
    return { ok: true, url: url.href, isForeign: credentials.type !== "none" && url.origin !== home };
  }
  const joined = joinUrl(connection.baseUrl, request.path, request.query);
  return joined.ok ? { ...joined, isForeign: false } : joined;
}

function withoutSecrets(response: HttpResponse, secrets: readonly string[]): HttpResponse {
  const headers = Object.entries(response.headers).filter(([name]) => name !== "set-cookie");
  return {
    ...response,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, redactText(value, secrets)])),
    body: redactValues(response.body, secrets),
  };
}

function configError(code: string, message: string): StepError {
  return { code, message, class: "other", retryable: false };
}
