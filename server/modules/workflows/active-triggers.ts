import { createHash, randomBytes } from "node:crypto";
import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import type { Trigger } from "@/core/spec/document";
import { keyRing } from "@/server/auth/key-ring";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";
import { env } from "@/server/env";
import {
  deleteTriggers,
  insertTriggers,
  listTriggers,
  updateTrigger,
  type NewTrigger,
  type TriggerRow,
} from "./repository";
import type { TriggerSecrets } from "./trigger-secrets";

/** Types that something outside sets off; `api`, `manual` and `form` need no row. */
const listening: ReadonlySet<string> = new Set(["webhook", "event", "schedule", "conversation"]);
const conversationEvent = "conversation.message";

/** Gives each webhook trigger of a draft its address, so that the sender can be set up before publishing; starts wait for the publish. */
export async function prepareWebhooks(
  tx: Transaction,
  organizationId: OrganizationId,
  workflowId: string,
  triggers: readonly Trigger[],
  secrets: TriggerSecrets,
): Promise<void> {
  const known = new Map((await listTriggers(organizationId, workflowId, tx)).map((row) => [row.triggerId, row]));
  const missing = triggers.filter(({ id, type }) => type === "webhook" && !known.has(id));
  await insertTriggers(
    tx,
    missing.map((trigger) => newTrigger(organizationId, workflowId, trigger)),
  );
  if (secrets.size === 0) return;
  for (const row of await listTriggers(organizationId, workflowId, tx)) {
    const secret = secrets.get(row.triggerId);
    if (secret === undefined || row.type !== "webhook") continue;
    await updateTrigger(tx, row.id, {
      secretSealed: secret === "" ? null : keyRing().seal(secret, webhookContext(organizationId, row.id)),
    });
  }
}

/** Makes the rows those of the version that goes live. Addresses and secrets of webhooks stay. */
export async function activateTriggers(
  tx: Transaction,
  organizationId: OrganizationId,
  workflowId: string,
  triggers: readonly Trigger[],
): Promise<void> {
  const wanted = triggers.filter(({ type }) => listening.has(type));
  const known = await listTriggers(organizationId, workflowId, tx);
  const kept = (row: TriggerRow): Trigger | undefined =>
    row.type === "webhook" ? wanted.find(({ id, type }) => id === row.triggerId && type === "webhook") : undefined;
  await deleteTriggers(
    tx,
    known.filter((row) => !kept(row)).map(({ id }) => id),
  );
  const keptIds = new Set(known.filter(kept).map(({ triggerId }) => triggerId));
  for (const row of known) {
    const trigger = kept(row);
    if (trigger) await updateTrigger(tx, row.id, { definition: asJson(trigger) });
  }
  await insertTriggers(
    tx,
    wanted.filter(({ id }) => !keptIds.has(id)).map((trigger) => newTrigger(organizationId, workflowId, trigger)),
  );
}

/** Webhook addresses outlive a retirement: they say why they refuse, and are the same after the next publish. */
export async function silenceTriggers(
  tx: Transaction,
  organizationId: OrganizationId,
  workflowId: string,
  keepWebhooks: boolean,
): Promise<void> {
  const known = await listTriggers(organizationId, workflowId, tx);
  await deleteTriggers(
    tx,
    known.filter(({ type }) => !keepWebhooks || type !== "webhook").map(({ id }) => id),
  );
}

/** What holders of the right to change the workflow see of its webhooks. */
export async function webhookFacts(
  organizationId: OrganizationId,
  workflowId: string,
): Promise<Map<string, { url: string; hasSecret: boolean }>> {
  const rows = (await listTriggers(organizationId, workflowId)).filter(({ tokenSealed }) => tokenSealed !== null);
  return new Map(
    rows.map((row) => [
      row.triggerId,
      {
        url: `${env().HOLDPOINT_BASE_URL}/api/hooks/${keyRing().open(row.tokenSealed ?? "", webhookContext(organizationId, row.id))}`,
        hasSecret: row.secretSealed !== null,
      },
    ]),
  );
}

export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Where a webhook's token and secret belong. */
export function webhookContext(organizationId: string, addressId: string): string {
  return `webhook-trigger:${organizationId}:${addressId}`;
}

function newTrigger(organizationId: OrganizationId, workflowId: string, trigger: Trigger): NewTrigger {
  const id = newId();
  const eventName =
    trigger.type === "event"
      ? (trigger.event ?? null)
      : trigger.type === "conversation"
        ? (trigger.event ?? conversationEvent)
        : null;
  const row = {
    id,
    organizationId,
    workflowId,
    triggerId: trigger.id,
    type: trigger.type,
    eventName,
    definition: asJson(trigger),
  };
  if (trigger.type !== "webhook") return row;
  const token = randomBytes(24).toString("base64url");
  return {
    ...row,
    tokenHash: hashToken(token),
    tokenSealed: keyRing().seal(token, webhookContext(organizationId, id)),
  };
}

/** Every field of a trigger came from JSON; its type leaves them open. */
function asJson(trigger: Trigger): JsonObject {
  return trigger as unknown as JsonObject;
}
