import { heldWebhook } from "@/core/event-name";
import { AppError } from "@/core/errors";
import { newId, isUuid } from "@/core/ids";
import { asObject, type JsonObject } from "@/core/json";
import { sameJson } from "@/core/json-guard";
import { systemActor } from "@/server/auth/actor";
import { byCreation, listPage, type Page, type PageRequest } from "@/server/api/rest/list-page";
import { requireScope, type Actor, type OrganizationId, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit, type Transaction } from "@/server/db/transaction";
import { logger } from "@/server/logger";
import { arrivedShown, masksOfRuns, noMask } from "@/server/modules/runs/service";
import { startOfEvent } from "@/triggers/event/start";
import { passesFilter } from "@/triggers/trigger-input";
import { redriveWebhook } from "./held-calls";
import { eventData, offeredBy, originFields, splitOrigin, withoutSender, type EventOrigin } from "./origin";
import { insertEventWith } from "./repository";
import {
  findEvent,
  findEventByExternalId,
  findListeners,
  findUnfinished,
  listEvents,
  storeFailure,
  storeResults,
  type EventFilter,
  type EventResult,
  type Listener,
  type StoredEvent,
} from "./store";
import { startFor } from "./start-for";

export { callAgain, holdWebhookCall } from "./held-calls";
export { begunAgain, eventData, type EventOrigin } from "./origin";
export { findOutcomes } from "./store";
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

const unfinishedAfterMs = 30_000;
/** Each pause is twice as long as the one before: the last try is some four hours after the event. */
const mostAttempts = 10;

/** Keeps the event, then starts every workflow that listens to it. */
export async function publishEvent(
  organizationId: string,
  name: string,
  data: JsonObject,
  origin: EventOrigin = {},
  /** Whoever sent it, where somebody did: the audit log names them. */
  sender?: Actor,
): Promise<PublishedEvent> {
  const actor = systemActor(organizationId);
  const id = newId();
  const stored = { ...data, ...originFields(origin) };
  const event = { id, organizationId: actor.organizationId, name, data: stored, externalId: origin.externalId ?? null };
  const isNew = await withTransaction(async (tx) => {
    if (!(await insertEventWith(tx, event))) return false;
    if (sender) await writeAudit(tx, sender, "event.sent", { type: "event", id }, { name });
    return true;
  });
  if (isNew) return handleEvent(actor, { id, name, data: stored });
  const first = await findEventByExternalId(organizationId, name, origin.externalId ?? "");
  if (!first) throw new Error(`Event ${name} was neither stored nor found`);
  if (!sameJson(withoutSender(first.data), withoutSender(stored)))
    throw new AppError(
      "id_reused",
      `An event "${name}" with this id and other data came before. Nothing was started now: give each event an id of its own.`,
      [],
      { event_id: first.id },
    );
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
  actor: UserActor,
  event: { name: string; data: JsonObject; id?: string },
): Promise<PublishedEvent> {
  requireScope(actor, "events:write");
  if (event.name === heldWebhook) throw reservedName();
  return publishEvent(
    actor.organizationId,
    event.name,
    eventData(event.data),
    { initiatedBy: actor.userId, ...(event.id === undefined ? {} : { externalId: event.id }) },
    actor,
  );
}

/** What is kept under it says itself who made the call: nobody may say that of an event of their own. */
function reservedName(): AppError {
  const message = `Calls of webhooks that wait to be sent again are kept as "${heldWebhook}". Give your event another name.`;
  return new AppError("validation_failed", message, [
    { code: "reserved_name", severity: "error", path: "name", message },
  ]);
}

export async function listInbound(
  actor: Actor,
  { name, status, ...request }: EventFilter & PageRequest,
): Promise<Page<StoredEvent>> {
  requireScope(actor, "webhooks:read");
  const page = await listPage(request, byCreation, (slice) =>
    listEvents(actor.organizationId, { name, status }, slice),
  );
  const runsOf = ({ results }: StoredEvent): string[] =>
    (results ?? []).flatMap((result) => ("runId" in result ? [result.runId] : []));
  const masks = await masksOfRuns(actor.organizationId, page.items.flatMap(runsOf));
  const items = page.items.map((event) => {
    const seen = runsOf(event).map((id) => masks.get(id) ?? noMask);
    return { ...event, data: asObject(arrivedShown(event.data, seen)) };
  });
  return { ...page, items };
}

/** Offers an event once more to those that refused it. Who has a run from it gets no second one. */
export async function redriveEvent(actor: UserActor, id: string): Promise<PublishedEvent> {
  requireScope(actor, "events:write");
  const event = isUuid(id) ? await findEvent(actor.organizationId, id) : null;
  if (!event) throw new AppError("not_found", "There is no such event.");
  await withTransaction((tx) =>
    writeAudit(tx, actor, "event.redriven", { type: "event", id: event.id }, { name: event.name }),
  );
  const system = systemActor(actor.organizationId);
  if (event.name === heldWebhook) return redriveWebhook(system, event, actor.userId);
  return handleEvent(system, { ...event, data: offeredBy(event.data, actor.userId) });
}

/** For the worker: goes on with events whose process died half-way. One that fails holds up no other. Gives how many there were. */
export async function finishEvents(limit = 100): Promise<number> {
  const events = await findUnfinished(unfinishedAfterMs, limit);
  for (const event of events)
    await handleEvent(systemActor(event.organizationId), event).catch((error: unknown) => giveUpLater(event, error));
  return events.length;
}

/** One event that cannot be worked on holds up no other: its tries are counted, and after the last one it is listed as given up. */
async function giveUpLater({ id, name }: StoredEvent, error: unknown): Promise<void> {
  logger().error({ err: error, eventId: id, name }, "an event could not be worked on");
  await storeFailure(id, error instanceof AppError ? error.message : "Something went wrong on our side.", mostAttempts);
}

async function handleEvent(actor: Actor, event: Pick<StoredEvent, "id" | "name" | "data">): Promise<PublishedEvent> {
  const listeners = await findListeners(actor.organizationId, eventNames(event.name));
  const results: EventResult[] = [];
  const failures: unknown[] = [];
  // One workflow that cannot be started keeps no other from its event. The others get no second run by the next try.
  for (const listener of listeners) {
    const result = await offer(actor, event, listener).catch((error: unknown) => void failures.push(error));
    if (result) results.push(result);
  }
  if (failures.length > 0) throw failures[0];
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
  if (problem !== null) {
    logger().warn(
      { eventId: id, name, workflow: slug, triggerId: trigger.id, problem },
      "the filter of a trigger could not be evaluated: no match",
    );
    return { workflowId, workflow: slug, unclear: problem };
  }
  if (!matches) return null;
  const made = startOfEvent(trigger, { id, arrived }, now);
  if (!made.ok) return { workflowId, workflow: slug, refused: { code: "validation_failed", message: made.message } };
  return startFor(actor, { workflowId, slug }, () => ({ ...origin, ...made.start }));
}
