import type { z } from "zod";
import type {
  changeSubscriptionSchema,
  createdSubscriptionSchema,
  createSubscriptionSchema,
  DeliveryItem,
  WebhookSubscriptionItem,
} from "@/core/contracts/webhook";
import { testEvent } from "@/core/event-name";
import { AppError } from "@/core/errors";
import { isUuid, newId } from "@/core/ids";
import { keyRing } from "@/server/auth/key-ring";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { byCreation, listPage, type Page, type PageRequest } from "@/server/api/rest/list-page";
import { requireScope, type Actor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { subscriptionContext } from "@/server/integrations/secrets/key-ring";
import { urlProblem } from "@/server/integrations/http/public-url";
import { createWebhookSecret } from "@/server/integrations/webhooks/signature";
import { redeliver, requestDelivery } from "@/server/modules/deliveries/service";
import { describeDeliveries, describeUnsent } from "./masked-delivery";
import * as repository from "./repository";

export { receiveWebhook } from "./inbound";
export { callsWritten, noteCall } from "./call-log";
export { deleteOldCalls, findCall, lastCalls, listCalls, setCallRun, type TriggerCall } from "./call-store";

type CreatedSubscription = z.output<typeof createdSubscriptionSchema>;

/** How long the secret before a rotation goes on signing. */
const bothSignMs = 24 * 3_600_000;

export async function createSubscription(
  actor: Actor,
  { url, events }: z.output<typeof createSubscriptionSchema>,
): Promise<CreatedSubscription> {
  requireScope(actor, "webhooks:write");
  requireRecentProof(actor);
  requireReachable(url);
  if (await repository.findTwin(actor.organizationId, { url, events }))
    throw new AppError(
      "conflict",
      "There is a subscription of this address to these events already. Everything would be sent twice: change that one, or delete it first.",
    );
  const id = newId();
  const secret = createWebhookSecret();
  const { organizationId } = actor;
  const row = await withTransaction(async (tx) => {
    const created = await repository.insertSubscription(tx, {
      id,
      organizationId,
      url,
      events,
      secretSealed: keyRing().seal(secret, subscriptionContext(organizationId, id)),
    });
    await writeAudit(tx, actor, "webhook_subscription.created", { type: "webhook_subscription", id }, { url, events });
    return created;
  });
  return { ...describe(row), secret, previous_secret_until: null };
}

export async function listSubscriptions(actor: Actor, request: PageRequest): Promise<Page<WebhookSubscriptionItem>> {
  requireScope(actor, "webhooks:read");
  const page = await listPage(request, byCreation, (slice) =>
    repository.listSubscriptions(actor.organizationId, slice),
  );
  return { ...page, items: page.items.map(describe) };
}

export async function getSubscription(actor: Actor, id: string): Promise<WebhookSubscriptionItem> {
  requireScope(actor, "webhooks:read");
  return describe(await existing(actor, id));
}

/** Switching one on again forgives the failures that switched it off. */
export async function changeSubscription(
  actor: Actor,
  id: string,
  changes: z.output<typeof changeSubscriptionSchema>,
  unchanged?: (item: WebhookSubscriptionItem) => void,
): Promise<WebhookSubscriptionItem> {
  requireScope(actor, "webhooks:write");
  const { url, events, enabled } = changes;
  // What is sent goes to somebody else from then on.
  if (url !== undefined) requireRecentProof(actor);
  if (url !== undefined) requireReachable(url);
  const row = await existing(actor, id);
  unchanged?.(describe(row));
  const disabledAt = enabled === undefined ? undefined : enabled ? null : (row.disabledAt ?? new Date());
  const fields = {
    ...(url === undefined ? {} : { url }),
    ...(events === undefined ? {} : { events }),
    ...(disabledAt === undefined ? {} : { disabledAt }),
  };
  await change(
    actor,
    id,
    { ...fields, ...(unchanged ? { read: row } : {}) },
    "webhook_subscription.updated",
    Object.keys(changes),
  );
  return describe(await existing(actor, id));
}

/** The secret before it signs as well for a day, so that no delivery is refused while receivers take over the new one. */
export async function rotateSecret(actor: Actor, id: string, now = Date.now()): Promise<CreatedSubscription> {
  requireScope(actor, "webhooks:write");
  requireRecentProof(actor);
  const row = await existing(actor, id);
  const before = await repository.findSecret(actor.organizationId, id);
  if (!before) throw notFound();
  const secret = createWebhookSecret();
  const previousUntil = new Date(now + bothSignMs);
  await change(
    actor,
    id,
    {
      secretSealed: keyRing().seal(secret, subscriptionContext(actor.organizationId, id)),
      previousSealed: before.secretSealed,
      previousUntil,
    },
    "webhook_subscription.secret_rotated",
    [],
  );
  return { ...describe(row), secret, previous_secret_until: previousUntil.toISOString() };
}

/** Sends an event of its own to this subscription alone, whatever it listens to: the whole way, signature and retries included. */
export async function sendTest(actor: Actor, id: string): Promise<DeliveryItem> {
  requireScope(actor, "webhooks:write");
  const row = await existing(actor, id);
  if (row.disabledAt !== null)
    throw new AppError("conflict", "This subscription is switched off. Switch it on, then send a test.");
  const deliveryId = newId();
  const delivery = await withTransaction(async (tx) => {
    const created = await repository.insertDelivery(tx, {
      id: deliveryId,
      organizationId: actor.organizationId,
      subscriptionId: id,
      address: row.url,
      subject: testEvent,
      payload: { test: true, message: "A test of your subscription. Nothing happened.", subscription_id: id },
    });
    await requestDelivery(tx, actor.organizationId, deliveryId);
    await writeAudit(tx, actor, "webhook_subscription.tested", { type: "webhook_subscription", id }, { url: row.url });
    return created;
  });
  return describeUnsent(delivery);
}

export async function deleteSubscription(actor: Actor, id: string): Promise<WebhookSubscriptionItem> {
  requireScope(actor, "webhooks:write");
  const row = await existing(actor, id);
  await withTransaction(async (tx) => {
    if (!(await repository.deleteSubscription(tx, actor.organizationId, id))) throw notFound();
    await writeAudit(tx, actor, "webhook_subscription.deleted", { type: "webhook_subscription", id }, { url: row.url });
  });
  return describe(row);
}

export async function listSubscriptionDeliveries(
  actor: Actor,
  id: string,
  request: PageRequest,
): Promise<Page<DeliveryItem>> {
  requireScope(actor, "webhooks:read");
  await existing(actor, id);
  const page = await listPage(request, byCreation, (slice) =>
    repository.listDeliveries(actor.organizationId, id, slice),
  );
  return { ...page, items: await describeDeliveries(actor, page.items) };
}

export async function redeliverTo(actor: Actor, id: string, deliveryId: string): Promise<DeliveryItem> {
  requireScope(actor, "webhooks:write");
  await existing(actor, id);
  const found = isUuid(deliveryId) ? await repository.findDelivery(actor.organizationId, id, deliveryId) : null;
  if (!found) throw new AppError("not_found", "There is no such delivery.");
  await redeliver(actor, deliveryId);
  const after = await repository.findDelivery(actor.organizationId, id, deliveryId);
  const [item] = await describeDeliveries(actor, [after ?? found]);
  if (!item) throw new Error(`Delivery ${deliveryId} was found and not described`);
  return item;
}

function requireReachable(url: string): void {
  const problem = urlProblem(url);
  if (problem === null) return;
  throw new AppError("validation_failed", problem, [
    { code: "invalid_url", severity: "error", path: "url", message: problem },
  ]);
}

async function change(
  actor: Actor,
  id: string,
  { read, ...fields }: Parameters<typeof repository.updateSubscription>[3] & { read?: repository.SubscriptionRow },
  action: string,
  changed: string[],
): Promise<void> {
  await withTransaction(async (tx) => {
    if (!(await repository.updateSubscription(tx, actor.organizationId, id, fields, read)))
      throw read ? changedMeanwhile() : notFound();
    await writeAudit(tx, actor, action, { type: "webhook_subscription", id }, { changed });
  });
}

async function existing(actor: Actor, id: string): Promise<repository.SubscriptionRow> {
  const row = isUuid(id) ? await repository.findSubscription(actor.organizationId, id) : null;
  if (!row) throw notFound();
  return row;
}

function changedMeanwhile(): AppError {
  return new AppError(
    "conflict",
    "Somebody changed this webhook subscription at the same moment. Get it again and repeat your change.",
  );
}

function notFound(): AppError {
  return new AppError("not_found", "There is no such webhook subscription.");
}

function describe({ id, url, events, disabledAt, createdAt }: repository.SubscriptionRow): WebhookSubscriptionItem {
  return {
    id,
    url,
    events,
    enabled: disabledAt === null,
    disabled_at: disabledAt?.toISOString() ?? null,
    created_at: createdAt.toISOString(),
  };
}
