import type { OperationalSettings } from "@/core/contracts/trigger";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireStanding } from "@/server/auth/standing";
import { hasScope, requireScope, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import {
  announce,
  existingWorkflow,
  forgetStartable,
  lockWithHead,
  setEnabled,
  updateWorkflow,
} from "@/server/modules/workflows/service";

/** What of a workflow acts at once and is no part of a version. */
export async function operationalSettings(actor: UserActor, slug: string): Promise<OperationalSettings> {
  requireScope(actor, "workflows:read");
  const workflow = await existingWorkflow(actor, slug);
  return {
    enabled: workflow.enabled,
    publishedVersion: workflow.publishedVersion,
    whileDraft: workflow.whileDraft === "serve_published" ? "serve_published" : "block",
    retentionDays: workflow.retentionDays,
    reviewRequired: workflow.reviewRequired,
    may: {
      edit: hasScope(actor, "workflows:write"),
      publish: hasScope(actor, "workflows:publish"),
      requireReview: hasScope(actor, "workflows:require_review"),
    },
  };
}

export interface OperationalChanges {
  enabled?: boolean;
  whileDraft?: "serve_published" | "block";
  retentionDays?: number | null;
}

/**
 * Changes them, in the audit log with what they were. A workflow that was never published cannot be switched. Keeping runs for a
 * shorter time deletes some, so it is for those who may delete runs.
 */
export async function setOperational(
  actor: UserActor,
  slug: string,
  { enabled, ...changes }: OperationalChanges,
): Promise<OperationalSettings> {
  requireScope(actor, "workflows:write");
  if (changes.whileDraft !== undefined) requireScope(actor, "workflows:publish");
  if (changes.whileDraft !== undefined || changes.retentionDays !== undefined) requireRecentProof(actor);
  const { id } = await existingWorkflow(actor, slug);
  if (enabled !== undefined) await setEnabled(actor, slug, enabled);
  const fields = {
    ...(changes.whileDraft === undefined ? {} : { whileDraft: changes.whileDraft }),
    ...(changes.retentionDays === undefined ? {} : { retentionDays: changes.retentionDays }),
  };
  if (Object.keys(fields).length > 0) {
    await withTransaction(async (tx) => {
      const { workflow } = await lockWithHead(tx, actor.organizationId, id);
      const before = { whileDraft: workflow.whileDraft, retentionDays: workflow.retentionDays };
      if (isShorter(changes.retentionDays, before.retentionDays)) {
        requireScope(actor, "runs:delete");
        await requireStanding(tx, actor, "runs:delete");
      }
      await updateWorkflow(tx, id, fields);
      await writeAudit(
        tx,
        actor,
        "workflow.settings_changed",
        { type: "workflow", id },
        { slug: workflow.slug, before, after: { ...before, ...fields } },
      );
      await announce(tx, actor.organizationId);
    });
    forgetStartable();
  }
  return operationalSettings(actor, slug);
}

/** `null`: for ever. */
function isShorter(wanted: number | null | undefined, before: number | null): boolean {
  return typeof wanted === "number" && (before === null || wanted < before);
}
