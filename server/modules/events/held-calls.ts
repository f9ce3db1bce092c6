import { heldWebhook } from "@/core/event-name";
import { AppError } from "@/core/errors";
import { asObject, type Json, type JsonObject } from "@/core/json";
import type { Actor } from "@/server/db/tenant";
import { findLiveTrigger } from "@/server/modules/workflows/service";
import { findTrigger } from "@/triggers/definitions";
import type { RunStart } from "@/triggers/run-start";
import { filterRemark, passesFilter, type TriggerRequest } from "@/triggers/trigger-input";
import { startOfCall } from "@/triggers/webhook/start";
import { begunAgain } from "./origin";
import { startFor } from "./start-for";
import { insertEvent, storeResults, type EventResult, type StoredEvent } from "./store";

/** Keeps a webhook call that could not start a run. */
export async function holdWebhookCall(call: {
  id: string;
  organizationId: string;
  workflowId: string;
  workflow: string;
  triggerId: string;
  body: Json;
  request: JsonObject;
  startKey: string | null;
  /** The member who made the call for a test. */
  initiatedBy: string | null;
  refused: { code: string; message: string };
}): Promise<void> {
  const { id, organizationId, workflowId, workflow, triggerId, body, request, startKey, initiatedBy, refused } = call;
  await insertEvent({
    id,
    organizationId,
    name: heldWebhook,
    data: { triggerId, body, request, startKey, initiatedBy },
    // A sender that tries again is kept once.
    externalId: startKey === null ? null : `${workflowId}:${startKey}`,
    results: [{ workflowId, workflow, refused, held: true }],
  });
}

/** Offers a held call once more to its trigger. The run is begun by who offers it, and by who made the call. */
export async function redriveWebhook(
  actor: Actor,
  event: StoredEvent,
  userId: string,
): Promise<{ id: string; results: EventResult[] }> {
  const [held] = event.results ?? [];
  if (!held) throw new AppError("not_found", "There is no such event.");
  if ("runId" in held) return { id: event.id, results: [held] };
  const triggerId = typeof event.data["triggerId"] === "string" ? event.data["triggerId"] : "";
  const body = event.data["body"] ?? {};
  const startKey = typeof event.data["startKey"] === "string" ? event.data["startKey"] : `event:${event.id}`;
  const request = asObject(event.data["request"]);
  const result = await startFor(actor, { workflowId: held.workflowId, slug: held.workflow }, async () => ({
    ...(await callAgain(actor.organizationId, { workflowId: held.workflowId, triggerId, body, request })),
    ...begunAgain(userId, typeof event.data["initiatedBy"] === "string" ? event.data["initiatedBy"] : null),
    startKey,
  }));
  const results = ["runId" in result ? result : { ...result, held: true }];
  await storeResults(event.id, results);
  return { id: event.id, results };
}

/**
 * What a call that came before starts a run with when a colleague sends it once more: what it would start if it came now. Throws why
 * it starts none: the webhook is not live any more, or its filter keeps such calls out.
 */
export async function callAgain(
  organizationId: string,
  call: { workflowId: string; triggerId: string; body: Json; request: TriggerRequest },
): Promise<RunStart> {
  const { workflowId, triggerId, body, request } = call;
  const now = Date.now();
  const trigger = await findLiveTrigger(organizationId, workflowId, triggerId);
  // Only what sees a request is called.
  if (trigger === null || findTrigger(trigger.type)?.sees.request !== true)
    throw new AppError("conflict", "The live version does not have this webhook. Publish the draft that has it first.");
  const { matches, problem } = passesFilter(trigger, body, now, request);
  if (!matches) throw new AppError("conflict", filterRemark(problem));
  const made = startOfCall(trigger, { body, request }, now);
  if (!made.ok) throw new AppError("validation_failed", made.message);
  return made.start;
}
