import { randomBytes } from "node:crypto";
import { hashToken } from "@/server/digest";
import type { Trigger } from "@/core/workflow/document";
import { addressPathOf, keepsSecret } from "@/core/workflow/trigger-lookup";
import { keyRing } from "@/server/auth/key-ring";
import { triggerContext } from "@/server/integrations/secrets/key-ring";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";
import { env } from "@/server/env";
import { triggerDefinitions } from "@/triggers/definitions";
import { listTriggers, updateTrigger, type TriggerRow } from "./repository";

/** Whether a trigger of this type is reached from outside. */
export function hasAddress(trigger: { type: string }): boolean {
  return addressPathOf(trigger, triggerDefinitions) !== null;
}

/** Whether callers of a trigger of this type prove who they are with a secret. */
export function hasOwnSecret(trigger: { type: string }): boolean {
  return keepsSecret(trigger, triggerDefinitions);
}

/** What a trigger's row is found by in its workflow. */
export function triggerKey({ type, id }: { type: string; id: string }): string {
  return `${type} ${id}`;
}

/** A change of a webhook's secret that waits for a second person. */
export interface AskedSecret {
  /** Who asked: a member's id. */
  by: string;
  at: Date;
  /** The secret is to be removed, not replaced. */
  removes: boolean;
}

/** What a trigger is reached by, and when a schedule fires, as its row says. */
export interface TriggerFacts {
  rowId: string;
  triggerId: string;
  type: string;
  url: string | null;
  hasSecret: boolean;
  hadSecret: boolean;
  asked: AskedSecret | null;
  nextAt: Date | null;
  lastAt: Date | null;
}

/** By `triggerKey`: what a trigger was keeps its row when another type takes its id. */
export async function triggerFacts(
  organizationId: OrganizationId,
  workflowId: string,
): Promise<Map<string, TriggerFacts>> {
  const rows = await listTriggers(organizationId, workflowId);
  return new Map(
    rows.map((row) => [
      triggerKey({ type: row.type, id: row.triggerId }),
      {
        rowId: row.id,
        triggerId: row.triggerId,
        type: row.type,
        url: addressOf(organizationId, row),
        hasSecret: row.secretSealed !== null,
        hadSecret: row.hadSecret,
        asked: askedSecret(row),
        nextAt: row.nextAt,
        lastAt: row.lastAt,
      },
    ]),
  );
}

/** What holders of the right to change the workflow see of its webhooks. */
export async function webhookFacts(
  organizationId: OrganizationId,
  workflowId: string,
): Promise<Map<string, { url: string; hasSecret: boolean }>> {
  const facts = await triggerFacts(organizationId, workflowId);
  return new Map(
    [...facts.values()].flatMap(
      ({ triggerId, type, url, hasSecret }): [string, { url: string; hasSecret: boolean }][] =>
        hasOwnSecret({ type }) && url !== null ? [[triggerId, { url, hasSecret }]] : [],
    ),
  );
}

/** Gives the trigger another address; the one before leads nowhere from then on. False: it has none. */
export async function replaceAddress(
  tx: Transaction,
  organizationId: OrganizationId,
  workflowId: string,
  triggerId: string,
): Promise<boolean> {
  const row = await findRow(organizationId, workflowId, triggerId, hasAddress, tx);
  if (!row) return false;
  await updateTrigger(tx, row.id, newAddress(organizationId, row.id));
  return true;
}

/** A webhook's address, its secret and what its row says of it, for a call that we make to it ourselves. */
export async function openAddress(
  organizationId: OrganizationId,
  workflowId: string,
  triggerId: string,
): Promise<{ token: string; secret: string | null; definition: Trigger } | null> {
  const row = await findRow(organizationId, workflowId, triggerId, hasOwnSecret);
  if (!row || row.tokenSealed === null) return null;
  const context = triggerContext(organizationId, row.id);
  return {
    token: keyRing().open(row.tokenSealed, context),
    secret: row.secretSealed === null ? null : keyRing().open(row.secretSealed, context),
    // Written only after an import that checked it.
    definition: row.definition as unknown as Trigger,
  };
}

export async function findRow(
  organizationId: OrganizationId,
  workflowId: string,
  triggerId: string,
  isMeant: (row: { type: string }) => boolean,
  tx?: Transaction,
): Promise<TriggerRow | undefined> {
  const rows = (await listTriggers(organizationId, workflowId, tx)).filter((row) => row.triggerId === triggerId);
  const fitting = rows.filter(isMeant);
  return fitting.find(({ isLive }) => isLive) ?? fitting[0];
}

export function askedSecret({ askedSecretBy, askedSecretAt, askedSecretSealed }: TriggerRow): AskedSecret | null {
  if (askedSecretBy === null || askedSecretAt === null) return null;
  return { by: askedSecretBy, at: askedSecretAt, removes: askedSecretSealed === null };
}

export function newAddress(organizationId: OrganizationId, rowId: string): { tokenHash: string; tokenSealed: string } {
  const token = randomBytes(24).toString("base64url");
  return {
    tokenHash: hashToken(token),
    tokenSealed: keyRing().seal(token, triggerContext(organizationId, rowId)),
  };
}

export function sealSecret(organizationId: OrganizationId, rowId: string, secret: string): string {
  return keyRing().seal(secret, triggerContext(organizationId, rowId));
}

function addressOf(organizationId: OrganizationId, row: TriggerRow): string | null {
  const path = addressPathOf(row, triggerDefinitions);
  if (path === null || row.tokenSealed === null) return null;
  return `${env().HOLDPOINT_BASE_URL}${path}${keyRing().open(row.tokenSealed, triggerContext(organizationId, row.id))}`;
}
