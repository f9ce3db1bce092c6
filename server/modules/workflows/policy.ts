import { AppError } from "@/core/errors";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireScope, type Actor } from "@/server/db/tenant";
import type { WorkflowRow } from "./repository";
import type { StartableWorkflow } from "./store";

/** Throws the reason why nothing may start this workflow now; gives the id of the version to run otherwise. */
export function requireStartable(workflow: StartableWorkflow): string {
  const refusal = startRefusal(workflow);
  if (refusal !== null || workflow.versionId === null) throw refusal ?? notPublished(workflow);
  return workflow.versionId;
}

/** The reason why nothing may start this workflow now; null where something may. */
export function startRefusal(workflow: StartableWorkflow): AppError | null {
  const { slug, status, versionId } = workflow;
  if (status === "retired")
    return new AppError("workflow_retired", `"${slug}" is retired and starts no new runs. Publish it again to use it.`);
  if (versionId === null) return notPublished(workflow);
  if (!workflow.enabled)
    return new AppError("workflow_disabled", `"${slug}" is switched off. Switch it to active, then start it again.`);
  if (status === "draft" && workflow.whileDraft !== "serve_published")
    return new AppError(
      "workflow_draft",
      `"${slug}" has a draft that is not published. Publish it, then start it again.`,
    );
  return null;
}

function notPublished({ slug }: StartableWorkflow): AppError {
  return new AppError("workflow_not_published", `"${slug}" is not published yet. Publish it, then start it again.`);
}

/** Whether something starts, or could start when it is switched on. */
function isLive({ status, publishedVersion }: Pick<WorkflowRow, "status" | "publishedVersion">): boolean {
  return publishedVersion !== null && status !== "retired";
}

/** What acts at once on what is live is the right of those who publish, and needs their password like publishing does. */
export function requireRightToChangeLive(
  actor: Actor,
  workflow: Pick<WorkflowRow, "status" | "publishedVersion">,
): void {
  if (!isLive(workflow)) return;
  requireScope(actor, "workflows:publish");
  requireRecentProof(actor);
}
