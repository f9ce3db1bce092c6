import { AppError } from "@/core/errors";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { silenceTriggers } from "./active-triggers";
import { existingWorkflow, lockWithHead, workflowNotFound, type WorkflowWithHead } from "./load";
import { requireRightToChangeLive } from "./policy";
import * as repository from "./repository";
import type { WorkflowRow } from "./repository";
import { forgetStartable } from "./start-facts";

/** The Active toggle: acts at once, and is no part of a version. Switching off is the brake, and never waits for a password. */
export async function setEnabled(actor: UserActor, idOrSlug: string, enabled: boolean): Promise<WorkflowRow> {
  requireScope(actor, "workflows:publish");
  if (enabled) requireRecentProof(actor);
  const found = await existingWorkflow(actor, idOrSlug);
  const after = await withTransaction(async (tx) => {
    const workflow = await repository.lockWorkflow(tx, actor.organizationId, found.id);
    if (!workflow) throw workflowNotFound();
    requirePublished(workflow);
    if (workflow.enabled === enabled) return workflow;
    await writeAudit(
      tx,
      actor,
      enabled ? "workflow.enabled" : "workflow.disabled",
      { type: "workflow", id: workflow.id },
      { slug: workflow.slug },
    );
    await repository.announce(tx, actor.organizationId);
    return repository.updateWorkflow(tx, workflow.id, { enabled });
  });
  forgetStartable();
  return after;
}

/** Takes a workflow away; its runs stay readable. Its slug is free again. */
export async function archiveWorkflow(actor: UserActor, idOrSlug: string): Promise<WorkflowWithHead> {
  requireScope(actor, "workflows:write");
  const found = await existingWorkflow(actor, idOrSlug);
  const archived = await withTransaction(async (tx) => {
    const before = await lockWithHead(tx, actor.organizationId, found.id);
    requireRightToChangeLive(actor, before.workflow);
    const open = (await repository.countOpenRuns(actor.organizationId, [found.id], tx)).reduce(
      (sum, { runs }) => sum + runs,
      0,
    );
    if (open > 0) {
      const runs = open === 1 ? "one run that has" : `${String(open)} runs that have`;
      throw new AppError(
        "workflow_has_open_runs",
        `"${found.slug}" has ${runs} not ended. Retire it so that nothing new starts, and delete it when they are done or cancelled.`,
        [],
        { open_runs: open },
      );
    }
    await silenceTriggers(tx, actor.organizationId, found.id);
    await repository.updateWorkflow(tx, found.id, {
      archivedAt: new Date(),
      status: "retired",
      slug: `${found.slug}~${found.id}`,
    });
    await writeAudit(tx, actor, "workflow.archived", { type: "workflow", id: found.id }, { slug: found.slug });
    await repository.announce(tx, actor.organizationId);
    return { ...before, workflow: { ...before.workflow, status: "retired" } };
  });
  forgetStartable();
  return archived;
}

export function requirePublished(workflow: WorkflowRow): void {
  if (workflow.publishedVersion === null)
    throw new AppError(
      "workflow_not_published",
      `"${workflow.slug}" was never published. Publish it, then switch it on or off.`,
    );
}
