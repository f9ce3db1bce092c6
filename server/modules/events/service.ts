import { AppError } from "@/core/errors";
import { newId, isUuid } from "@/core/ids";
import type { Json, JsonObject } from "@/core/json";
import { systemActor } from "@/server/auth/actor";
import { requireScope, type Actor, type OrganizationId } from "@/server/db/tenant";
import { withTransaction, writeAudit, type Transaction } from "@/server/db/transaction";
import { logger } from "@/server/logger";
import { findLiveTrigger, startWorkflow } from "@/server/modules/workflows/service";
import { eventData, originFields, splitOrigin, type EventOrigin } from "./origin";
import { insertEventWith } from "./repository";
import {
  findEvent,
  findEventByExternalId,
  findListeners,
  findUnfinished,
  insertEvent,
  listEvents,
  storeResults,
  type EventResult,
  type Listener,
  type StoredEvent,
} from "./store";
import { passesFilter, triggerInput } from "./trigger-input";

export { triggerInput } from "./trigger-input";
export { eventData } from "./origin";
export type { EventResult, StoredEvent } from "./store";

export interface PublishedEvent {
  id: string;
  results: EventResult[];
}

/** Names under which the same thing is known. */
const aliases: ReadonlyMap<string, readonly string[]> = new Map([
  ["contact.created", ["customer.created"]],
  ["customer.created", ["contact.created"]],
]);

/** An event's name, and the other names of the same thing. */
export function eventNames(name: string): string[] {
  return [name, ...(aliases.get(name) ?? [])];
}

/** Webhook calls that were refused are kept under this name, to be sent again. */
const heldWebhook = "webhook";
const unfinishedAfterMs = 30_000;

/** Keeps the event, then starts every workflow that listens to it. */
export async function publishEvent(
  organizationId: string,
  name: string,
  data: JsonObject,
  origin: EventOrigin = {},
): Promise<PublishedEvent> {
  const actor = systemActor(organizationId);
  const id = newId();
  const stored = { ...data, ...originFields(origin) };
  const event = { id, organizationId: actor.organizationId, name, data: stored, externalId: origin.externalId ?? null };
  if (await withTransaction((tx) => insertEventWith(tx, event))) return handleEvent(actor, { id, name, data: stored });
  const first = await findEventByExternalId(organizationId, name, origin.externalId ?? "");
  if (!first) throw new Error(`Event ${name} was neither stored nor found`);
  // The first sender may still be at work, or may have died: starting again is harmless, because start keys are the same.
  return first.results === null ? handleEvent(actor, first) : { id: first.id, results: first.results };
}

/** An event that was kept and is not delivered yet. */
export type RecordedEvent = Pick<StoredEvent, "id" | "name" | "data"> & { organizationId: OrganizationId };

/**
 * Keeps an event in the transaction that writes what it tells of: both exist or neither. Give the result to `deliverEvent`
 * after the commit; if the process dies before that, the worker delivers it.
 */
export async function recordEvent(
  tx: Transaction,
  organizationId: OrganizationId,
  name: string,
  data: JsonObject,
  origin: EventOrigin & { externalId: string },
): Promise<RecordedEvent> {
  const event = { id: newId(), organizationId, name, data: { ...data, ...originFields(origin) } };
  await insertEventWith(tx, { ...event, externalId: origin.externalId });
  return event;
}

/** Starts what listens to a recorded event. Never fails: what is written stays written, and the worker tries again. */
export async function deliverEvent(event: RecordedEvent): Promise<void> {
  try {
    await handleEvent(systemActor(event.organizationId), event);
  } catch (error) {
    logger().warn({ err: error, eventId: event.id, name: event.name }, "an event is left to the worker");
  }
}

export async function sendEvent(
  actor: Actor,
  event: { name: string; data: JsonObject; id?: string },
): Promise<PublishedEvent> {
  requireScope(actor, "events:write");
  return publishEvent(
    actor.organizationId,
    event.name,
    eventData(event.data),
    event.id === undefined ? {} : { externalId: event.id },
  );
}

/** Keeps a webhook call that could not start a run. */
export async function holdWebhookCall(call: {
  id: string;
  organizationId: string;
  workflowId: string;
  workflow: string;
  triggerId: string;
  body: Json;
  refused: { code: string; message: string };
}): Promise<void> {
  const { id, organizationId, workflowId, workflow, triggerId, body, refused } = call;
  await insertEvent({
    id,
    organizationId,
    name: heldWebhook,
    data: { triggerId, body },
    externalId: null,
    results: [{ workflowId, workflow, refused, held: true }],
  });
}

export async function listInbound(
  actor: Actor,
  page: { limit: number; offset: number; name?: string | undefined },
): Promise<StoredEvent[]> {
  requireScope(actor, "webhooks:read");
  return listEvents(actor.organizationId, page);
}

/** Offers an event once more to those that refused it. Who has a run from it gets no second one. */
export async function redriveEvent(actor: Actor, id: string): Promise<PublishedEvent> {
  requireScope(actor, "events:write");
  const event = isUuid(id) ? await findEvent(actor.organizationId, id) : null;
  if (!event) throw new AppError("not_found", "There is no such event.");
  await withTransaction((tx) =>
    writeAudit(tx, actor, "event.redriven", { type: "event", id: event.id }, { name: event.name }),
  );
  const system = systemActor(actor.organizationId);
  return event.name === heldWebhook ? redriveWebhook(system, event) : handleEvent(system, event);
}

/** For the worker: goes on with events whose process died half-way. One that fails holds up no other. Gives how many there were. */
export async function finishEvents(limit = 100): Promise<number> {
  const events = await findUnfinished(unfinishedAfterMs, limit);
  for (const event of events)
    await deliverEvent({ ...event, organizationId: systemActor(event.organizationId).organizationId });
  return events.length;
}

async function handleEvent(actor: Actor, event: Pick<StoredEvent, "id" | "name" | "data">): Promise<PublishedEvent> {
  const listeners = await findListeners(actor.organizationId, eventNames(event.name));
  const results: EventResult[] = [];
  for (const listener of listeners) {
    const result = await offer(actor, event, listener);
    if (result) results.push(result);
  }
  await storeResults(event.id, results);
  return { id: event.id, results };
}

/** Null: the event is not for this trigger. */
async function offer(
  actor: Actor,
  { id, name, data }: Pick<StoredEvent, "id" | "name" | "data">,
  { workflowId, slug, trigger }: Listener,
): Promise<EventResult | null> {
  const now = Date.now();
  const { origin, arrived } = splitOrigin(data);
  const { matches, problem } = passesFilter(trigger, arrived, now);
  if (problem !== null)
    logger().warn(
      { eventId: id, name, workflow: slug, triggerId: trigger.id, problem },
      "the filter of a trigger could not be evaluated: no match",
    );
  if (!matches) return null;
  const filled = triggerInput(trigger, arrived, now);
  if (!filled.ok)
    return { workflowId, workflow: slug, refused: { code: "validation_failed", message: filled.message } };
  return startFor(actor, { workflowId, slug }, () => ({
    ...origin,
    input: filled.input,
    triggerType: trigger.type,
    triggerId: trigger.id,
    ...(trigger.label === undefined ? {} : { label: trigger.label }),
    startKey: `event:${id}`,
  }));
}

type StartFields = Omit<Parameters<typeof startWorkflow>[1], "workflow">;

async function startFor(
  actor: Actor,
  { workflowId, slug }: { workflowId: string; slug: string },
  fields: () => StartFields,
): Promise<EventResult> {
  try {
    const run = await startWorkflow(actor, { workflow: workflowId, ...fields() });
    return { workflowId, workflow: slug, runId: run.id };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    logger().info({ workflow: slug, code: error.code }, "a workflow refused an event");
    return { workflowId, workflow: slug, refused: { code: error.code, message: error.message } };
  }
}

async function redriveWebhook(actor: Actor, event: StoredEvent): Promise<PublishedEvent> {
  const [held] = event.results ?? [];
  if (!held) throw new AppError("not_found", "There is no such event.");
  if ("runId" in held) return { id: event.id, results: [held] };
  const triggerId = typeof event.data["triggerId"] === "string" ? event.data["triggerId"] : "";
  const body = event.data["body"] ?? {};
  const trigger = await findLiveTrigger(actor.organizationId, held.workflowId, triggerId);
  const result = await startFor(actor, { workflowId: held.workflowId, slug: held.workflow }, () => {
    const filled = triggerInput(trigger ?? { id: triggerId, type: "webhook" }, body, Date.now());
    if (!filled.ok) throw new AppError("validation_failed", filled.message);
    return { input: filled.input, triggerType: "webhook", triggerId, startKey: `event:${event.id}` };
  });
  const results = ["runId" in result ? result : { ...result, held: true }];
  await storeResults(event.id, results);
  return { id: event.id, results };
}
