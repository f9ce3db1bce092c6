import { createHash } from "node:crypto";
import { AppError } from "@/core/errors";
import { newId } from "@/core/ids";
import type { Json } from "@/core/json";
import { createRateLimiter } from "@/server/api/rest/rate-limit";
import { parseJsonBody } from "@/server/api/rest/read-body";
import { onDone } from "@/server/db/live";
import { env } from "@/server/env";
import { inboundProof, isGenuine } from "@/server/integrations/webhooks/signature";
import { holdWebhookCall, triggerInput } from "@/server/modules/events/service";
import { noteCall } from "./call-log";
import {
  findRunOutcome,
  startVersion,
  webhookTarget,
  type RunOutcome,
  type WebhookTarget,
} from "@/server/modules/workflows/service";

export interface HookAnswer {
  status: number;
  body: Json;
  headers?: Record<string, string>;
}

const defaultRespondMs = 30_000;
const maxRespondMs = 120_000;
const maxKeyLength = 200;
/** Ids that senders give their deliveries, in the order in which they are looked for. */
const deliveryHeaders = ["webhook-id", "x-github-delivery", "idempotency-key", "x-request-id"];
const ended: ReadonlySet<string> = new Set(["completed", "failed", "cancelled"]);

/** One call of a webhook's URL: the run is stored before the answer says so, and the call is kept whatever comes of it. */
export async function receiveWebhook(token: string, bytes: Uint8Array, headers: Headers): Promise<HookAnswer> {
  const target = await webhookTarget(token);
  if (!target) throw new AppError("not_found", "There is no webhook at this address.");
  const callId = newId();
  try {
    const answer = await answerCall(target, bytes, headers, callId);
    note(target, callId, bytes, { status: answer.status, message: null, runId: runOf(answer) });
    return answer;
  } catch (error) {
    const refusal = error instanceof AppError ? error : new AppError("internal", "Something went wrong on our side.");
    note(target, callId, bytes, { status: refusal.status, message: refusal.message, runId: null });
    throw error;
  }
}

async function answerCall(
  target: WebhookTarget,
  bytes: Uint8Array,
  headers: Headers,
  callId: string,
): Promise<HookAnswer> {
  if (target.secret !== null && !isGenuine(target.secret, Buffer.from(bytes), inboundProof(headers), Date.now())) {
    throw new AppError(
      "invalid_signature",
      "The signature is missing or wrong. Sign the body with this webhook's secret: Standard Webhooks headers, X-Hub-Signature-256, or X-Webhook-Secret.",
    );
  }
  // Whatever a sender calls it: what does not read as JSON is refused.
  const body = parseJsonBody(bytes, null) as Json;
  return start(target, body, startKey(target, headers), callId);
}

async function start(target: WebhookTarget, body: Json, key: string | null, callId: string): Promise<HookAnswer> {
  const { address } = target;
  const { trigger, facts } = await target.live().catch((error: unknown) => hold(target, body, error, callId));
  const filled = triggerInput(trigger, body, Date.now());
  if (!filled.ok)
    throw new AppError("validation_failed", filled.message, [
      { code: "invalid_input", severity: "error", path: "", message: filled.message },
    ]);
  const request = {
    id: newId(),
    input: filled.input,
    triggerType: "webhook",
    triggerId: trigger.id,
    ...(trigger.label === undefined ? {} : { label: trigger.label }),
    ...(key === null ? {} : { startKey: key }),
  };
  const source = { workflow: address, facts, ownerId: address.ownerId };
  if (trigger.respond !== "output") {
    const run = await startVersion(source, request);
    return { status: run.existing ? 200 : 202, body: { run_id: run.id } };
  }
  const timeoutMs = Math.min(trigger.respondTimeoutMs ?? defaultRespondMs, maxRespondMs);
  const nobodyListens = new AbortController();
  // Listening begins before the run does: a fast run's end is not missed.
  const done = onDone(request.id, timeoutMs, nobodyListens.signal);
  try {
    const run = await startVersion(source, request);
    if (run.existing) return await firstOutcome(run.id, timeoutMs);
    await done;
    return outcomeAnswer(run.id, await findRunOutcome(run.id), 202);
  } finally {
    nobodyListens.abort();
  }
}

/** A repeat gets what the first call gets, or got. */
async function firstOutcome(runId: string, timeoutMs: number): Promise<HookAnswer> {
  const hasEnded = new AbortController();
  const waiting = onDone(runId, timeoutMs, hasEnded.signal);
  const known = await findRunOutcome(runId);
  if (known && ended.has(known.status)) {
    hasEnded.abort();
    return outcomeAnswer(runId, known, 200);
  }
  await waiting;
  return outcomeAnswer(runId, await findRunOutcome(runId), 200);
}

function outcomeAnswer(runId: string, outcome: RunOutcome | null, unfinishedStatus: number): HookAnswer {
  const status = outcome?.status ?? "pending";
  const headers = { "holdpoint-run-id": runId, "holdpoint-run-status": status };
  // A jsonb column holds JSON values only.
  if (status === "completed") return { status: 200, body: (outcome?.output ?? null) as Json, headers };
  if (status === "failed" || status === "cancelled")
    return { status: 200, body: { run_id: runId, status, error: outcome?.error ?? null }, headers };
  return {
    status: unfinishedStatus,
    body: { run_id: runId, status, status_url: `${env().HOLDPOINT_BASE_URL}/api/v1/workflows/${runId}` },
    headers,
  };
}

/** A call that came while the workflow could not take it is kept, to be sent again with one click. */
async function hold({ address }: WebhookTarget, body: Json, error: unknown, callId: string): Promise<never> {
  if (error instanceof AppError) {
    const { organizationId, id: workflowId, slug: workflow, triggerId } = address;
    await holdWebhookCall({
      id: callId,
      organizationId,
      workflowId,
      workflow,
      triggerId,
      body,
      refused: { code: error.code, message: error.message },
    });
  }
  throw error;
}

/** Anyone who knows the address can make it refuse: of unproven calls only so many are kept. */
const unproven = createRateLimiter({ perSecond: 2, burst: 50 });
const keptBodyBytes = 64 * 1024;

function note(
  { address }: WebhookTarget,
  id: string,
  bytes: Uint8Array,
  result: { status: number; message: string | null; runId: string | null },
): void {
  const { organizationId, id: workflowId, triggerId } = address;
  if (result.status === 401 && !mayNote(address.addressId)) return;
  noteCall({ id, organizationId, workflowId, triggerId, body: keptBody(bytes), ...result });
}

function mayNote(addressId: string): boolean {
  try {
    unproven.take(addressId);
    return true;
  } catch {
    return false;
  }
}

/** What does not read as JSON is kept as its text. */
function keptBody(bytes: Uint8Array): Json {
  if (bytes.length > keptBodyBytes) return null;
  try {
    // What it gives is JSON by definition.
    return parseJsonBody(bytes, null) as Json;
  } catch {
    return new TextDecoder().decode(bytes).replaceAll("\0", "");
  }
}

function runOf({ body, headers }: HookAnswer): string | null {
  const named = headers?.["holdpoint-run-id"];
  if (named !== undefined) return named;
  const id = typeof body === "object" && body !== null && !Array.isArray(body) ? body["run_id"] : null;
  return typeof id === "string" ? id : null;
}

function startKey({ address }: WebhookTarget, headers: Headers): string | null {
  for (const name of deliveryHeaders) {
    const value = headers.get(name);
    if (value === null || value === "") continue;
    const id = value.length > maxKeyLength ? createHash("sha256").update(value).digest("hex") : value;
    return `webhook:${address.triggerId}:${id}`;
  }
  return null;
}
