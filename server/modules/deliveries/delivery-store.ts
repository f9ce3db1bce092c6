import { asObject, type Json } from "@/core/json";
import type { Clock } from "@/core/ports";
import { systemActor } from "@/server/auth/actor";
import { isClosed } from "@/server/auth/demo-organizations";
import { withTransaction, writeAudit, type Transaction } from "@/server/db/transaction";
import type { Delivery, DeliveryStatus, SendResult } from "@/core/delivery";
import { subscriptionContext, type KeyRing } from "@/server/integrations/secrets/key-ring";
import {
  disableSubscription,
  failingSince,
  findDelivery,
  findSubscription,
  recordTry,
  type DeliveryRow,
} from "./repository";

/** What the worker needs to know and leave behind about a delivery. */
export interface DeliveryStore {
  load(id: string): Promise<Delivery | null>;
  /** `status`: what the delivery is after this try, which may be `dead` although the try only `failed`. */
  record(delivery: Delivery, result: SendResult, status: DeliveryStatus): Promise<void>;
}

export interface DeliveryStoreOptions {
  keyRing: KeyRing;
  /** Signs the calls that belong to no subscription (per-run callbacks). */
  callbackSecret(run: { organizationId: string; runId: string }): string;
  clock: Clock;
}

/** A subscription that has only failed for this long is switched off. */
const patienceMs = 5 * 24 * 3_600_000;

export function createDeliveryStore({ keyRing, callbackSecret, clock }: DeliveryStoreOptions): DeliveryStore {
  return {
    async load(id) {
      const row = await findDelivery(id);
      if (!row) return null;
      return {
        ...deliveryOf(row),
        ...(row.kind === "webhook" ? await signing(row) : { signingSecret: null, isWanted: true }),
      };
    },
    record: (delivery, result, status) =>
      withTransaction(async (tx) => {
        const now = new Date(clock.now());
        const isDone = status === "delivered" || status === "captured";
        await recordTry(tx, delivery.id, {
          status,
          address: delivery.address,
          lastError: "error" in result ? result.error.slice(0, 2000) : null,
          response: result.response,
          deliveredAt: isDone ? now : null,
        });
        if (status === "captured") await announceCaptured(tx, delivery.organizationId);
        if (status !== "dead") return;
        if (delivery.subscriptionId !== null)
          await giveUpWhenHopeless(tx, delivery.organizationId, delivery.subscriptionId, result, now);
      }),
  };

  /** What a webhook's call is signed with, and where it goes: to where its subscription is now, not where it was when this was written. */
  async function signing(
    row: DeliveryRow,
  ): Promise<Pick<Delivery, "address" | "signingSecret" | "previousSecret" | "isWanted">> {
    const { organizationId, runId } = row;
    const { address } = row;
    if (row.subscriptionId === null)
      return {
        address,
        signingSecret: runId === null ? null : callbackSecret({ organizationId, runId }),
        isWanted: true,
      };
    const subscription = await findSubscription(row.organizationId, row.subscriptionId);
    if (!subscription || subscription.disabledAt !== null) return { address, signingSecret: null, isWanted: false };
    const open = (sealed: string): string =>
      keyRing.open(sealed, subscriptionContext(row.organizationId, row.subscriptionId ?? ""));
    const { secretSealed, previousSealed, previousUntil } = subscription;
    const bothSign = previousSealed !== null && previousUntil !== null && previousUntil.getTime() > clock.now();
    try {
      return {
        address: subscription.url,
        signingSecret: open(secretSealed),
        isWanted: true,
        ...(bothSign ? { previousSecret: open(previousSealed) } : {}),
      };
    } catch {
      return { address: subscription.url, signingSecret: null, isWanted: true };
    }
  }
}

async function giveUpWhenHopeless(
  tx: Transaction,
  organizationId: string,
  subscriptionId: string,
  result: SendResult,
  now: Date,
): Promise<void> {
  // Nobody acts in a closed demo; its subscriptions are judged when it is opened again.
  if (isClosed(organizationId)) return;
  const isGone = result.status === "dead" && result.isGone === true;
  const since = isGone ? null : await failingSince(tx, subscriptionId);
  if (!isGone && (since === null || now.getTime() - since.getTime() < patienceMs)) return;
  if (!(await disableSubscription(tx, organizationId, subscriptionId, now))) return;
  const reason = isGone ? "the receiver answered 410 Gone" : "nothing could be delivered for five days";
  await writeAudit(
    tx,
    systemActor(organizationId),
    "webhook_subscription.disabled",
    { type: "webhook_subscription", id: subscriptionId },
    { reason },
  );
}

function deliveryOf(row: DeliveryRow): Omit<Delivery, "signingSecret" | "isWanted"> {
  const { id, organizationId, channel, address, subject, body, payload, attempts, subscriptionId } = row;
  return {
    id,
    organizationId,
    kind: row.kind === "webhook" ? "webhook" : "message",
    channel,
    address,
    subject,
    body,
    // A jsonb column holds JSON values only.
    payload: payload as Json,
    status: isStatus(row.status) ? row.status : "pending",
    attempts,
    subscriptionId,
    createdAt: row.createdAt.getTime(),
    isTest: row.kind === "message" && asObject(payload as Json)["test"] === true,
  };
}

/** Who looks at the demo's mailbox sees it at once. */
async function announceCaptured(tx: Transaction, organizationId: string): Promise<void> {
  await tx.$executeRaw`select pg_notify('hp_live', ${JSON.stringify({ organizationId, kinds: ["mailbox"] })})`;
}

const statuses: readonly DeliveryStatus[] = ["pending", "delivered", "captured", "failed", "dead"];

function isStatus(text: string): text is DeliveryStatus {
  return statuses.some((status) => status === text);
}
