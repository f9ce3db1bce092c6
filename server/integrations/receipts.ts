import { sha256 } from "@/server/digest";
import type { StepError } from "@/core/step-error";
import type { Json } from "@/core/json";
import type { HttpResponse } from "@/core/ports";
import { shortened } from "@/core/service-answer";
import { redact, redactText } from "./secrets/redact";

/** Which attempt of which step is calling. */
export interface CallContext {
  organizationId: string;
  runId: string;
  /** `nodeId` or `nodeId[2]`. */
  stepKey: string;
  attempt: number;
  /** Stable over attempts and crashes. */
  idempotencyKey: string;
  signal?: AbortSignal;
}

/** A call that is about to be sent; committed first for steps that must not be repeated blindly. */
export interface CallIntent {
  organizationId: string;
  runId: string;
  key: string;
  attempt: number;
  idempotencyKey: string;
  /** SHA-256 over method, URL and body: tells whether a repeat is the same call. */
  requestHash: string;
  method: string;
  /** Without credentials. */
  url: string;
  /** ms since epoch. */
  sentAt: number;
}

/** What came of it. `status` null: no complete response, so the outcome is unknown. */
export interface CallReceipt extends CallIntent {
  status: number | null;
  response: Json;
  /** The connection keeps no answers on record. */
  unrecorded?: true;
  errorCode: string | null;
  durationMs: number;
}

interface Sent {
  method: string;
  url: string;
  body: string | undefined;
  sentAt: number;
}

export function callIntent(
  call: CallContext,
  { method, url, body, sentAt }: Sent,
  secrets: readonly string[],
): CallIntent {
  const requestHash = sha256(JSON.stringify([method, url, body ?? null]));
  const { organizationId, runId, stepKey, attempt, idempotencyKey } = call;
  return {
    organizationId,
    runId,
    key: stepKey,
    attempt,
    idempotencyKey,
    requestHash,
    method,
    url: redactText(url, secrets),
    sentAt,
  };
}

export function callReceipt(
  intent: CallIntent,
  result: { response: HttpResponse } | { error: StepError },
  now: number,
  { secrets, recordBodies }: { secrets: readonly string[]; recordBodies: boolean },
): CallReceipt {
  if ("error" in result)
    return { ...intent, status: null, response: null, errorCode: result.error.code, durationMs: now - intent.sentAt };
  const { status, body, durationMs } = result.response;
  if (!recordBodies) return { ...intent, status, response: null, unrecorded: true, errorCode: null, durationMs };
  return { ...intent, status, response: shortened(redact(body, secrets)), errorCode: null, durationMs };
}
