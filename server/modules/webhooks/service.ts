import type { z } from "zod";
import type {
  changeSubscriptionSchema,
  createSubscriptionSchema,
  DeliveryItem,
  WebhookSubscriptionItem,
} from "@/core/contracts/webhook";
import { AppError } from "@/core/errors";
import { isUuid, newId } from "@/core/ids";
import type { Json } from "@/core/json";
import { keyRing } from "@/server/auth/key-ring";
import { requireScope, type Actor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { subscriptionContext } from "@/server/integrations/secrets/key-ring";
import { createWebhookSecret } from "@/server/integrations/webhooks/signature";
import { redeliver } from "@/server/modules/deliveries/service";
import * as repository from "./repository";

export { receiveWebhook } from "./inbound";
export { callsWritten, noteCall } from "./call-log";
export { deleteOldCalls, findCall, lastCalls, listCalls, setCallRun, type TriggerCall } from "./call-store";

interface Page {
  limit: number;
  offset: number;
}

export async function createSubscription(
  actor: Actor,
  { url, events }: z.output<typeof createSubscriptionSchema>,
): Promise<WebhookSubscriptionItem & { secret: string }> {
  requireScope(actor, "webhooks:write");
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
  return { ...describe(row), secret };
}

export async function listSubscriptions(actor: Actor, page: Page): Promise<WebhookSubscriptionItem[]> {
  requireScope(actor, "webhooks:read");
  return (await repository.listSubscriptions(actor.organizationId, page)).map(describe);
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
): Promise<WebhookSubscriptionItem> {
  requireScope(actor, "webhooks:write");
  const { url, events, enabled } = changes;
  const row = await existing(actor, id);
  const disabledAt = enabled === undefined ? undefined : enabled ? null : (row.disabledAt ?? new Date());
  const fields = {
    ...(url === undefined ? {} : { url }),
    ...(events === undefined ? {} : { events }),
    ...(disabledAt === undefined ? {} : { disabledAt }),
  };
  await change(actor, id, fields, "webhook_subscription.updated", Object.keys(changes));
  return describe(await existing(actor, id));
}

export async function rotateSecret(actor: Actor, id: string): Promise<WebhookSubscriptionItem & { secret: string }> {
  requireScope(actor, "webhooks:write");
  const row = await existing(actor, id);
  const secret = createWebhookSecret();
  await change(
    actor,
    id,
    { secretSealed: keyRing().seal(secret, subscriptionContext(actor.organizationId, id)) },
    "webhook_subscription.secret_rotated",
    [],
  );
  return { ...describe(row), secret };
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

export async function listSubscriptionDeliveries(actor: Actor, id: string, page: Page): Promise<DeliveryItem[]> {
  requireScope(actor, "webhooks:read");
  await existing(actor, id);
  return (await repository.listDeliveries(actor.organizationId, id, page)).map(describeDelivery);
}

export async function redeliverTo(actor: Actor, id: string, deliveryId: string): Promise<DeliveryItem> {
  requireScope(actor, "webhooks:write");
  await existing(actor, id);
  const found = isUuid(deliveryId) ? await repository.findDelivery(actor.organizationId, id, deliveryId) : null;
  if (!found) throw new AppError("not_found", "There is no such delivery.");
  await redeliver(actor, deliveryId);
  const after = await repository.findDelivery(actor.organizationId, id, deliveryId);
  return describeDelivery(after ?? found);
}

async function change(
  actor: Actor,
  id: string,
  fields: Parameters<typeof repository.updateSubscription>[3],
  action: string,
  changed: string[],
): Promise<void> {
  await withTransaction(async (tx) => {
    if (!(await repository.updateSubscription(tx, actor.organizationId, id, fields))) throw notFound();
    await writeAudit(tx, actor, action, { type: "webhook_subscription", id }, { changed });
  });
}

async function existing(actor: Actor, id: string): Promise<repository.SubscriptionRow> {
  const row = isUuid(id) ? await repository.findSubscription(actor.organizationId, id) : null;
  if (!row) throw notFound();
  return row;
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

function describeDelivery(row: repository.WebhookDeliveryRow): DeliveryItem {
  return {
    id: row.id,
    event: row.subject ?? "",
    url: row.address,
    run_id: row.runId,
    status: row.status,
    attempts: row.attempts,
    last_error: row.lastError,
    // jsonb columns hold JSON values only.
    payload: (row.payload ?? null) as Json,
    response: (row.response ?? null) as Json,
    created_at: row.createdAt.toISOString(),
    delivered_at: row.deliveredAt?.toISOString() ?? null,
  };
}
