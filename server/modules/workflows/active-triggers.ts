import type { Json } from "@/core/json";
import { nextOccurrences } from "@/core/schedule/cron";
import type { Trigger } from "@/core/spec/document";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";
import {
  announceSchedules,
  deleteTriggers,
  draftTriggers,
  insertTriggers,
  listTriggers,
  updateTrigger,
  type NewTrigger,
  type TriggerRow,
} from "./repository";
import { hasAddress, newAddress, sealSecret } from "./trigger-address";
import { asJson, newTriggerRow } from "./trigger-row";
import type { TriggerSecrets } from "./trigger-secrets";

export { webhookFacts } from "./trigger-address";

/** Types that something outside sets off; `api` and `manual` need no row. */
const listening: ReadonlySet<string> = new Set(["webhook", "event", "schedule", "conversation", "form"]);

/**
 * Gives each webhook and intake form of a draft its address, so that the sender can be set up before publishing; starts wait
 * for the publish.
 */
export async function prepareWebhooks(
  tx: Transaction,
  organizationId: OrganizationId,
  workflowId: string,
  triggers: readonly Trigger[],
  secrets: TriggerSecrets = new Map(),
): Promise<void> {
  const known = new Map((await listTriggers(organizationId, workflowId, tx)).map((row) => [row.triggerId, row]));
  const missing = triggers.filter((trigger) => hasAddress(trigger) && !known.has(trigger.id));
  await insertTriggers(
    tx,
    missing.map((trigger) => newRow(organizationId, workflowId, trigger, Date.now())),
  );
  if (secrets.size === 0) return;
  for (const row of await listTriggers(organizationId, workflowId, tx)) {
    const secret = secrets.get(row.triggerId);
    if (secret === undefined || row.type !== "webhook") continue;
    await updateTrigger(tx, row.id, { secretSealed: sealSecret(organizationId, row.id, secret) });
  }
}

/**
 * Makes the rows those of the version that goes live. Addresses and secrets stay, also of what only the draft has; a
 * schedule that says the same as before keeps its next time.
 */
export async function activateTriggers(
  tx: Transaction,
  organizationId: OrganizationId,
  workflowId: string,
  triggers: readonly Trigger[],
  now = Date.now(),
): Promise<void> {
  const wanted = new Map(triggers.filter(({ type }) => listening.has(type)).map((trigger) => [trigger.id, trigger]));
  const drafted = addressesOf(await draftTriggers(tx, workflowId));
  const known = await listTriggers(organizationId, workflowId, tx);
  const goes = known.filter(({ triggerId, type }) => {
    const next = wanted.get(triggerId);
    return next ? next.type !== type : !drafted.has(`${type} ${triggerId}`);
  });
  await deleteTriggers(
    tx,
    goes.map(({ id }) => id),
  );
  const stays = new Map(known.filter((row) => !goes.includes(row)).map((row) => [row.triggerId, row]));
  for (const [triggerId, row] of stays) {
    const trigger = wanted.get(triggerId);
    if (!trigger) continue;
    const { eventName } = newTriggerRow(organizationId, workflowId, trigger);
    await updateTrigger(tx, row.id, { definition: asJson(trigger), eventName, nextAt: nextTime(trigger, row, now) });
  }
  await insertTriggers(
    tx,
    [...wanted.values()]
      .filter(({ id }) => !stays.has(id))
      .map((trigger) => newRow(organizationId, workflowId, trigger, now)),
  );
  if ([...wanted.values()].some(({ type }) => type === "schedule")) await announceSchedules(tx);
}

/** Addresses outlive a retirement: they say why they refuse, and are the same after the next publish. */
export async function silenceTriggers(
  tx: Transaction,
  organizationId: OrganizationId,
  workflowId: string,
  keepAddresses: boolean,
): Promise<void> {
  const known = await listTriggers(organizationId, workflowId, tx);
  await deleteTriggers(
    tx,
    known.filter((row) => !keepAddresses || !hasAddress(row)).map(({ id }) => id),
  );
}

function newRow(organizationId: OrganizationId, workflowId: string, trigger: Trigger, now: number): NewTrigger {
  const row = newTriggerRow(organizationId, workflowId, trigger);
  return {
    ...row,
    ...(hasAddress(trigger) ? newAddress(organizationId, row.id) : {}),
    nextAt: nextTime(trigger, null, now),
  };
}

/** The tick a schedule fires at next; null for everything else. */
function nextTime(trigger: Trigger, before: TriggerRow | null, now: number): Date | null {
  if (trigger.type !== "schedule") return null;
  if (before?.nextAt && sameTimes(trigger, before.definition as Json)) return before.nextAt;
  const [next] = nextOccurrences(trigger.cron ?? "", trigger.timezone ?? "UTC", now, 1);
  return next === undefined ? null : new Date(next);
}

function sameTimes(trigger: Trigger, before: Json): boolean {
  if (typeof before !== "object" || before === null || Array.isArray(before)) return false;
  return before["cron"] === trigger.cron && (before["timezone"] ?? "UTC") === (trigger.timezone ?? "UTC");
}

/** `type id` of the draft's triggers with an address. */
function addressesOf(triggers: Json): Set<string> {
  if (!Array.isArray(triggers)) return new Set();
  return new Set(
    triggers.flatMap((trigger) => {
      if (typeof trigger !== "object" || trigger === null || Array.isArray(trigger)) return [];
      const { type, id } = trigger;
      return typeof type === "string" && typeof id === "string" && hasAddress({ type }) ? [`${type} ${id}`] : [];
    }),
  );
}
