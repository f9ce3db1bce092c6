import { AppError } from "@/core/errors";
import { newId } from "@/core/ids";
import type { Json, JsonObject } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import { needsProof } from "@/core/workflow/webhook-proof";
import { clientAddress } from "@/server/auth/client-address";
import { env } from "@/server/env";
import { isGenuine, whyNotGenuine } from "@/server/integrations/webhooks/inbound-proof";
import { holdWebhookCall } from "@/server/modules/events/service";
import { startVersion, type CallProof } from "@/server/modules/runs/service";
import { webhookTarget, type WebhookTarget } from "@/server/modules/workflows/service";
import { filterRemark, passesFilter } from "@/triggers/trigger-input";
import { webhookDefinition } from "@/triggers/webhook/definition";
import { startOfCall } from "@/triggers/webhook/start";
import { acceptedAnswer, ignoredAnswer, outcomeAnswer, type HookAnswer } from "./answer";
import { awaitAnswer } from "./await-answer";
import { callRequest } from "./call-request";
import { deliveryHash, deliveryIdOf, deliveryKey } from "./delivery-id";
import { noteAnswer, type CallFacts } from "./note-answer";
import { readCallBody } from "./read-call";
import { answerBodyCheck, answerQueryCheck } from "./verification";

/** A call as the HTTP server hands it over. */
export interface HookCall {
  method: string;
  /** With its query. */
  url: string;
  headers: Headers;
  bytes: Uint8Array;
}

const defaultRespondMs = 30_000;
const maxRespondMs = 120_000;

/**
 * One call of a webhook's URL: the run is stored before the answer says so, and the call is kept whatever comes of it.
 * `initiatedBy`: the member who makes it to try the address; null for calls from outside.
 */
export async function receiveWebhook(
  token: string,
  call: HookCall,
  { now = Date.now(), initiatedBy = null }: { now?: number; initiatedBy?: string | null } = {},
): Promise<HookAnswer> {
  const target = await webhookTarget(token, webhookDefinition);
  if (!target) throw new AppError("not_found", "There is no webhook at this address.");
  // Whoever only looks whether somebody is here starts nothing.
  if (call.method === "HEAD" && !target.address.isRemoved) return { status: 200, form: "empty", body: null };
  const facts: CallFacts = {
    id: newId(),
    request: callRequest(call.method, call.url, call.headers),
    body: undefined,
    deliveryId: null,
    startKey: null,
    warnings: [],
    initiatedBy,
  };
  try {
    const answer = await answerCall(target, call, facts, now);
    noteAnswer(target.address, facts, call.bytes, {
      status: answer.status,
      message: facts.remark ?? null,
      runId: runOf(answer),
    });
    return answer;
  } catch (error) {
    const refusal = error instanceof AppError ? error : new AppError("internal", "Something went wrong on our side.");
    noteAnswer(target.address, facts, call.bytes, {
      status: refusal.status,
      message: facts.remark ?? refusal.message,
      runId: null,
    });
    throw error;
  }
}

async function answerCall(target: WebhookTarget, call: HookCall, facts: CallFacts, now: number): Promise<HookAnswer> {
  requirePresent(target);
  const settings = target.address.definition;
  const check = answerQueryCheck(settings, call.method, new URL(call.url).searchParams);
  if (check) return check;
  requireMethod(settings, call.method);
  requireGenuine(target, call, facts, now);
  const { value, warnings } = await readCallBody(call.bytes, call.headers.get("content-type"));
  facts.body = value;
  facts.warnings = warnings;
  const bodyCheck = answerBodyCheck(settings, value);
  if (bodyCheck) return bodyCheck;
  const read = { headers: call.headers, request: facts.request, body: value };
  facts.deliveryId = deliveryIdOf(settings, read, now);
  facts.startKey = facts.deliveryId === null ? null : deliveryKey(target.address.triggerId, facts.deliveryId);
  const live = await target.live().catch((error: unknown) => hold(target, facts, value, error));
  const { matches, problem } = passesFilter(live.trigger, value, now, facts.request);
  if (!matches) {
    facts.remark = filterRemark(problem);
    return ignoredAnswer(live.trigger);
  }
  const hash = facts.startKey === null ? {} : { startKey: facts.startKey, startHash: deliveryHash(read) };
  const proof: CallProof = {
    address: clientAddress((name) => call.headers.get(name)),
    auth: target.secret === null ? "link" : "signature",
  };
  return start(target, live, { body: value, request: facts.request, now, initiatedBy: facts.initiatedBy }, hash, proof);
}

function requirePresent({ address }: WebhookTarget): void {
  if (address.isRemoved)
    throw new AppError(
      "trigger_removed",
      "This webhook was removed, so calls of it start nothing any more. Take its address out of the sender.",
    );
}

function requireMethod({ methods = ["POST"] }: Trigger, method: string): void {
  if (methods.some((each) => each === method)) return;
  const allowed = methods.join(", ");
  throw new AppError("method_not_allowed", `This webhook takes ${allowed}, not ${method}.`, [], { allow: allowed });
}

function requireGenuine(
  { secret, address }: WebhookTarget,
  { url, headers, bytes }: HookCall,
  facts: CallFacts,
  now: number,
): void {
  const scheme = address.definition.signature ?? "auto";
  if (!needsProof(address.definition, address.hadSecret)) return;
  if (secret === null) {
    throw new AppError(
      "invalid_signature",
      "This webhook takes signed calls only and has no secret yet. Set it in the Triggers tab of the workflow.",
    );
  }
  const { pathname, search } = new URL(url);
  const call = { headers, body: Buffer.from(bytes), url: `${env().HOLDPOINT_BASE_URL}${pathname}${search}` };
  if (isGenuine(secret, call, scheme, now)) return;
  facts.remark = whyNotGenuine(call, scheme, now);
  throw new AppError(
    "invalid_signature",
    "The signature is missing, wrong or too old. Sign the body with this webhook's secret, in the way that its trigger names.",
  );
}

async function start(
  { address }: WebhookTarget,
  { trigger, facts }: Awaited<ReturnType<WebhookTarget["live"]>>,
  { body, request, now, initiatedBy }: { body: Json; request: JsonObject; now: number; initiatedBy: string | null },
  keys: { startKey?: string; startHash?: string },
  proof: CallProof,
): Promise<HookAnswer> {
  const made = startOfCall(trigger, { body, request }, now);
  if (!made.ok)
    throw new AppError("validation_failed", made.message, [
      { code: "invalid_input", severity: "error", path: "", message: made.message },
    ]);
  const start = { id: newId(), ...made.start, initiatedBy, ...keys };
  const source = { workflow: address, facts, ownerId: address.ownerId, proof };
  if (trigger.respond !== "output") {
    const run = await startVersion(source, start);
    return acceptedAnswer(trigger, run.id, run.existing);
  }
  const timeoutMs = Math.min(trigger.respondTimeoutMs ?? defaultRespondMs, maxRespondMs);
  const waiting = awaitAnswer(start.id, timeoutMs);
  try {
    const run = await startVersion(source, start);
    if (!run.existing) return outcomeAnswer(trigger, run.id, await waiting.told(), 202);
    // A repeat gets what the first call gets, or got.
    const first = awaitAnswer(run.id, timeoutMs);
    try {
      return outcomeAnswer(trigger, run.id, await first.read(), 200);
    } finally {
      first.stop();
    }
  } finally {
    waiting.stop();
  }
}

/** A call that came while the workflow could not take it is kept, to be sent again with one click. */
async function hold({ address }: WebhookTarget, facts: CallFacts, body: Json, error: unknown): Promise<never> {
  if (error instanceof AppError) {
    const { organizationId, id: workflowId, slug: workflow, triggerId } = address;
    await holdWebhookCall({
      id: facts.id,
      organizationId,
      workflowId,
      workflow,
      triggerId,
      body,
      request: facts.request,
      startKey: facts.startKey,
      initiatedBy: facts.initiatedBy,
      refused: { code: error.code, message: error.message },
    });
  }
  throw error;
}

function runOf({ headers }: HookAnswer): string | null {
  return headers?.["holdpoint-run-id"] ?? null;
}
