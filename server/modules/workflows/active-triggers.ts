import type { Trigger } from "@/core/workflow/document";
import { sameJson } from "@/core/json-guard";
import { nextTimesOf, triggerOf } from "@/core/workflow/trigger-lookup";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";
import { triggerDefinitions } from "@/triggers/definitions";
import {
  announceSchedules,
  insertTriggers,
  listTriggers,
  silenceRows,
  updateTrigger,
  type NewTrigger,
  type TriggerRow,
} from "./repository";
import { hasAddress, hasOwnSecret, newAddress, sealSecret, triggerKey } from "./trigger-address";
import { asJson, newTriggerRow } from "./trigger-row";
import type { TriggerSecrets } from "./trigger-secrets";

export { webhookFacts } from "./trigger-address";

/** Something outside sets it off; what people and programs of the organization start needs no row. */
function isListening(trigger: Trigger): boolean {
  return triggerOf(trigger, triggerDefinitions)?.startedByMembers === false;
}

/**
 * Gives each webhook and intake form of a draft its address, so that the sender can be set up before publishing; starts wait
 * for the publish. What the workflow had before, in whichever version, gets the address and the secret that it had.
 */
export async function prepareWebhooks(
  tx: Transaction,
  organizationId: OrganizationId,
  workflowId: string,
  triggers: readonly Trigger[],
  secrets: TriggerSecrets = new Map(),
): Promise<void> {
  const known = new Map(
    (await listTriggers(organizationId, workflowId, tx)).map((row) => [
      triggerKey({ type: row.type, id: row.triggerId }),
      row,
    ]),
  );
  const addressed = triggers.filter(hasAddress);
  await insertTriggers(
    tx,
    addressed
      .filter((trigger) => !known.has(triggerKey(trigger)))
      .map((trigger) => newRow(organizationId, workflowId, trigger, false, Date.now())),
  );
  // How senders check an address, and how they sign, holds before the first publish too.
  for (const trigger of addressed) {
    const row = known.get(triggerKey(trigger));
    if (row && !row.isLive && !sameJson(row.definition, asJson(trigger)))
      await updateTrigger(tx, row.id, { definition: asJson(trigger) });
  }
  if (secrets.size === 0) return;
  // Only of a new workflow: nobody has called it yet.
  for (const row of await listTriggers(organizationId, workflowId, tx)) {
    const secret = secrets.get(row.triggerId);
    if (secret === undefined || !hasOwnSecret(row)) continue;
    await updateTrigger(tx, row.id, { secretSealed: sealSecret(organizationId, row.id, secret), hadSecret: true });
  }
}

/**
 * Makes the rows those of the version that goes live. What it does not have falls silent and keeps its address, its secret and its
 * last tick: they are the workflow's, not a version's. A schedule that says the same as before keeps its next time.
 */
export async function activateTriggers(
  tx: Transaction,
  organizationId: OrganizationId,
  workflowId: string,
  triggers: readonly Trigger[],
  now = Date.now(),
): Promise<void> {
  const wanted = new Map(triggers.filter(isListening).map((trigger) => [triggerKey(trigger), trigger]));
  const known = await listTriggers(organizationId, workflowId, tx);
  const keyOf = ({ type, triggerId }: TriggerRow): string => triggerKey({ type, id: triggerId });
  await silenceRows(
    tx,
    known.filter((row) => !wanted.has(keyOf(row))).map(({ id }) => id),
  );
  const stays = new Map(known.map((row) => [keyOf(row), row]));
  for (const [key, trigger] of wanted) {
    const row = stays.get(key);
    if (!row) continue;
    const { eventName, definition } = newTriggerRow(organizationId, workflowId, trigger, true);
    await updateTrigger(tx, row.id, { definition, eventName, isLive: true, nextAt: nextTime(trigger, row, now) });
  }
  await insertTriggers(
    tx,
    [...wanted]
      .filter(([key]) => !stays.has(key))
      .map(([, trigger]) => newRow(organizationId, workflowId, trigger, true, now)),
  );
  if ([...wanted.values()].some((trigger) => triggerOf(trigger, triggerDefinitions)?.nextTimes !== undefined))
    await announceSchedules(tx);
}

/** Nothing sets the workflow off any more. Addresses say why they refuse, and are the same after the next publish. */
export async function silenceTriggers(
  tx: Transaction,
  organizationId: OrganizationId,
  workflowId: string,
): Promise<void> {
  const known = await listTriggers(organizationId, workflowId, tx);
  await silenceRows(
    tx,
    known.map(({ id }) => id),
  );
}

function newRow(
  organizationId: OrganizationId,
  workflowId: string,
  trigger: Trigger,
  isLive: boolean,
  now: number,
): NewTrigger {
  const row = newTriggerRow(organizationId, workflowId, trigger, isLive);
  return {
    ...row,
    ...(hasAddress(trigger) ? newAddress(organizationId, row.id) : {}),
    nextAt: isLive ? nextTime(trigger, null, now) : null,
  };
}

/** The time at which it starts by itself next; null for what something else starts. */
function nextTime(trigger: Trigger, before: TriggerRow | null, now: number): Date | null {
  const definition = triggerOf(trigger, triggerDefinitions);
  // Written only after an import that checked it.
  if (before?.nextAt && definition?.sameTimes?.(before.definition as unknown as Trigger, trigger)) return before.nextAt;
  const [next] = nextTimesOf(trigger, now, 1, triggerDefinitions);
  return next === undefined ? null : new Date(next);
}
