import type { SecretChange } from "@/core/contracts/trigger";
import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit, type Transaction } from "@/server/db/transaction";
import {
  announceDraft,
  askSecret,
  dropAskedSecret,
  existingWorkflow,
  findSecretRow,
  forgetStartable,
  lockWithHead,
  replaceSecret,
  takeAskedSecret,
  type SecretRow,
  type WorkflowRow,
} from "@/server/modules/workflows/service";

/**
 * What calls must prove that they know from now on; null: the secret goes, and calls without another permission are refused.
 * It is sealed, and never shown again. Where publishing needs a second person this does too, once something is live.
 */
export function setWebhookSecret(
  actor: UserActor,
  slug: string,
  triggerId: string,
  secret: string | null,
): Promise<SecretChange> {
  return withSecretRow(actor, slug, triggerId, async (tx, workflow, row) => {
    if (workflow.reviewRequired && workflow.publishedVersion !== null) {
      await askSecret(tx, actor.organizationId, row, secret, actor.userId);
      await audit(tx, actor, workflow, "webhook.secret_change_asked", { triggerId, removes: secret === null });
      return "asked";
    }
    await replaceSecret(tx, actor.organizationId, row, secret);
    await audit(tx, actor, workflow, secret === null ? "webhook.secret_removed" : "webhook.secret_set", { triggerId });
    return secret === null ? "removed" : "set";
  });
}

/**
 * A second person's word on a change that waits; who asked can only take it back.
 * @param askedAt of the change that was looked at, ISO-8601: another one that took its place is not decided by this
 */
export function decideWebhookSecret(
  actor: UserActor,
  slug: string,
  triggerId: string,
  { askedAt, decision }: { askedAt: string; decision: "approve" | "reject" },
): Promise<SecretChange> {
  return withSecretRow(actor, slug, triggerId, async (tx, workflow, row) => {
    const { askedSecretBy: askedBy, askedSecretAt } = row;
    if (askedBy === null || askedSecretAt?.toISOString() !== askedAt)
      throw new AppError(
        "conflict",
        "This change of the secret does not wait any more, or is another one now. Read it again.",
      );
    const facts = { triggerId, askedBy, removes: row.askedSecretSealed === null };
    if (decision === "reject") {
      await dropAskedSecret(tx, row);
      const action = askedBy === actor.userId ? "webhook.secret_change_withdrawn" : "webhook.secret_change_rejected";
      await audit(tx, actor, workflow, action, facts);
      return "dropped";
    }
    if (askedBy === actor.userId)
      throw new AppError("requester_cannot_approve", "You asked for this yourself, so somebody else must decide.");
    await takeAskedSecret(tx, row);
    await audit(tx, actor, workflow, facts.removes ? "webhook.secret_removed" : "webhook.secret_set", facts);
    return facts.removes ? "removed" : "set";
  });
}

async function withSecretRow(
  actor: UserActor,
  slug: string,
  triggerId: string,
  change: (tx: Transaction, workflow: WorkflowRow, row: SecretRow) => Promise<SecretChange>,
): Promise<SecretChange> {
  requireScope(actor, "workflows:publish");
  requireRecentProof(actor);
  const { id } = await existingWorkflow(actor, slug);
  const changed = await withTransaction(async (tx) => {
    // Held, so that of two changes at once the second sees the first.
    const { workflow } = await lockWithHead(tx, actor.organizationId, id);
    const row = await findSecretRow(tx, actor.organizationId, id, triggerId);
    if (!row)
      throw new AppError("not_found", "This workflow has no such trigger. Save the draft that has it, then try again.");
    const result = await change(tx, workflow, row);
    await announceDraft(tx, actor.organizationId, id);
    return result;
  });
  forgetStartable();
  return changed;
}

function audit(
  tx: Transaction,
  actor: UserActor,
  { id, slug }: WorkflowRow,
  action: string,
  facts: JsonObject,
): Promise<void> {
  return writeAudit(tx, actor, action, { type: "workflow", id }, { slug, ...facts });
}
