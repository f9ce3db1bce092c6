import type { CapturedMessage } from "@/core/contracts/conversation";
import { AppError } from "@/core/errors";
import { eventNames } from "@/inngest/events";
import { requireScope, type Actor } from "@/server/db/tenant";
import { outbox, withTransaction, writeAudit, type Transaction } from "@/server/db/transaction";
import { findOwnDelivery, listMessages, reopenDelivery, type DeliveryRow } from "./repository";

export { createDeliveryStore, type DeliveryStore } from "./delivery-store";
export { pauseAfter } from "./retry-schedule";

/** What was told to people, newest first: the demo's mailbox. */
export async function listCapturedMessages(actor: Actor, limit = 100): Promise<CapturedMessage[]> {
  requireScope(actor, "deliveries:read");
  const rows = await listMessages(actor.organizationId, Math.min(limit, 200));
  return rows.map(({ id, channel, address, subject, body, status, runId, createdAt }) => ({
    id,
    channel,
    address,
    subject,
    body,
    status,
    runId,
    at: createdAt.toISOString(),
  }));
}

/** Makes the worker send a delivery that this transaction has written. */
export async function requestDelivery(tx: Transaction, organizationId: string, id: string): Promise<void> {
  await outbox(tx, {
    name: eventNames.deliveryRequested,
    data: { deliveryId: id },
    organizationId,
    dedupeId: `delivery:${id}`,
  });
}

/** Sends a finished delivery once more, from the beginning of its schedule. The receiver sees the same `webhook-id`. */
export async function redeliver(actor: Actor, id: string): Promise<DeliveryRow> {
  requireScope(actor, "webhooks:write");
  const found = await findOwnDelivery(actor.organizationId, id);
  if (!found) throw new AppError("not_found", "There is no such delivery.");
  return withTransaction(async (tx) => {
    if (!(await reopenDelivery(tx, actor.organizationId, id, ["delivered", "captured", "dead"]))) {
      throw new AppError("conflict", "This delivery is on its way already. Wait for the result of its next try.");
    }
    await outbox(tx, {
      name: eventNames.deliveryRequested,
      data: { deliveryId: id },
      organizationId: actor.organizationId,
      dedupeId: `delivery:${id}:${String(found.attempts)}`,
    });
    await writeAudit(tx, actor, "delivery.redelivered", { type: "delivery", id });
    return { ...found, status: "pending", lastError: null };
  });
}
