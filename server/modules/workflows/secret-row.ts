import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";
import { updateTrigger, type TriggerRow } from "./repository";
import { findRow, hasOwnSecret, sealSecret } from "./trigger-address";

const nothingAsked = { askedSecretSealed: null, askedSecretBy: null, askedSecretAt: null };

/** The row that keeps a webhook's secret; undefined: there is no webhook of this name. */
export function findSecretRow(
  tx: Transaction,
  organizationId: OrganizationId,
  workflowId: string,
  triggerId: string,
): Promise<TriggerRow | undefined> {
  return findRow(organizationId, workflowId, triggerId, hasOwnSecret, tx);
}

/** Acts at once. Null takes the secret away, and leaves on record that there was one. */
export async function replaceSecret(
  tx: Transaction,
  organizationId: OrganizationId,
  row: TriggerRow,
  secret: string | null,
): Promise<void> {
  const secretSealed = secret === null ? null : sealSecret(organizationId, row.id, secret);
  await updateTrigger(tx, row.id, { secretSealed, hadSecret: row.hadSecret || secret !== null, ...nothingAsked });
}

/** Keeps the change for a second person. What was asked before is forgotten. */
export async function askSecret(
  tx: Transaction,
  organizationId: OrganizationId,
  row: TriggerRow,
  secret: string | null,
  by: string,
): Promise<void> {
  const askedSecretSealed = secret === null ? null : sealSecret(organizationId, row.id, secret);
  await updateTrigger(tx, row.id, { askedSecretSealed, askedSecretBy: by, askedSecretAt: new Date() });
}

/** Makes what was asked the secret; it was sealed for this row. */
export async function takeAskedSecret(tx: Transaction, row: TriggerRow): Promise<void> {
  const secretSealed = row.askedSecretSealed;
  await updateTrigger(tx, row.id, {
    secretSealed,
    hadSecret: row.hadSecret || secretSealed !== null,
    ...nothingAsked,
  });
}

export async function dropAskedSecret(tx: Transaction, row: TriggerRow): Promise<void> {
  await updateTrigger(tx, row.id, nothingAsked);
}
