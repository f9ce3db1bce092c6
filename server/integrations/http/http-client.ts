import type { LookupFunction } from "node:net";
import { request as undiciRequest } from "undici";
import type { HttpResponse } from "@/core/ports";
import { timerMs } from "@/core/schedule/timer-limit";
import type { StepError } from "@/core/step-error";
import { storableText } from "@/core/storable-text";
import { checkUrl } from "./check-url";
import { createGuardedAgent, RefusedAddressError } from "./guarded-agent";
import { portOf, type PrivateHosts } from "./private-hosts";
import { readAnswer } from "./read-answer";
import { readBody } from "./read-body";
import { nextHop, type Hop } from "./redirects";
import type { CallPhase } from "./failure-reason";
import { transportError, type CallKind } from "./transport-error";

export interface OutboundRequest {
  /** Decides what a person is told to do when the call comes to nothing. */
  kind: CallKind;
  method: string;
  /** Absolute. */
  url: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  /** For the whole call, redirects and body included, ms. */
  timeoutMs: number;
  /** Aborts when nobody wants the answer any more. */
  signal?: AbortSignal;
  /** Default 0: a redirect is an answer like any other. */
  maxRedirects?: number;
  /** Headers that are dropped when a redirect leaves the origin, beside the usual ones. Lower case. */
  credentialHeaders?: readonly string[];
}

export type OutboundResult = { response: HttpResponse } | { error: StepError };

/** The one way out of the server: every feature that calls a URL goes through this. */
export interface HttpClient {
  /** Never throws; any status is a response. */
  send(request: OutboundRequest): Promise<OutboundResult>;
  close(): Promise<void>;
}

export interface HttpClientOptions {
  privateHosts: PrivateHosts;
  lookup?: LookupFunction;
  /** Told what no person is told: the error as Node and its libraries name it. */
  onFailure?(failure: { kind: CallKind; host: string; error: unknown }): void;
  maxResponseBytes?: number;
}

const tenMegabytes = 10 * 1024 * 1024;

export function createHttpClient({
  privateHosts,
  lookup,
  onFailure,
  maxResponseBytes = tenMegabytes,
}: HttpClientOptions): HttpClient {
  const agent = createGuardedAgent({ privateHosts, ...(lookup ? { lookup } : {}) });
  return {
    close: () => agent.close(),
    async send(request) {
      const started = performance.now();
      const timeoutMs = timerMs(request.timeoutMs);
      let phase: CallPhase = "sending";
      let host = "the server";
      let deadline: AbortSignal | undefined;
      try {
        deadline = AbortSignal.timeout(timeoutMs);
        const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
        let hop: Hop = {
          method: request.method.toUpperCase(),
          url: request.url,
          headers: request.headers ?? {},
          body: request.body,
        };
        for (let redirects = 0; ; redirects += 1) {
          const checked = checkUrl(hop.url);
          if (!checked.ok)
            return { error: { code: "invalid_url", class: "other", retryable: false, message: checked.message } };
          host = `${checked.url.hostname}:${String(portOf(checked.url))}`;
          phase = "sending";
          if (!privateHosts.reaches(checked.url)) throw new RefusedAddressError(checked.url.hostname);
          const answer = await undiciRequest(checked.url, {
            dispatcher: agent,
            method: hop.method,
            headers: { "user-agent": "Holdpoint", accept: "application/json, */*;q=0.5", ...hop.headers },
            signal,
            ...(hop.body === undefined ? {} : { body: hop.body }),
          });
          phase = "reading";
          const headers = flatten(answer.headers);
          const next =
            redirects < (request.maxRedirects ?? 0)
              ? nextHop(hop, checked.url, answer.statusCode, headers, request.credentialHeaders)
              : null;
          if (next) {
            await answer.body.dump();
            hop = next;
            continue;
          }
          const packed = await readBody(answer.body, maxResponseBytes);
          const read = await readAnswer(packed, headers, maxResponseBytes);
          const durationMs = Math.round(performance.now() - started);
          return { response: { status: answer.statusCode, headers, durationMs, ...read } };
        }
      } catch (error) {
        onFailure?.({ kind: request.kind, host, error });
        const timedOut = deadline?.aborted === true || isTimeout(request.signal);
        return {
          error: transportError({
            error,
            phase,
            kind: request.kind,
            host,
            timeoutMs,
            timedOut,
            aborted: request.signal?.aborted ?? false,
          }),
        };
      }
    },
  };
}

/** The caller's signal stands for the attempt's time limit when its reason says so. */
function isTimeout(signal: AbortSignal | undefined): boolean {
  if (signal?.aborted !== true) return false;
  const reason: unknown = signal.reason;
  return reason instanceof DOMException && reason.name === "TimeoutError";
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = storableText(Array.isArray(value) ? value.join(", ") : value);
  }
  return flat;
}
