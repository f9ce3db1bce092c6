import { AppError } from "@/core/errors";
import type { StartableWorkflow } from "./store";

/** Throws the reason why nothing may start this workflow now; gives the id of the version to run otherwise. */
export function requireStartable(workflow: StartableWorkflow): string {
  const { slug, status, versionId } = workflow;
  if (status === "retired")
    throw new AppError("workflow_retired", `"${slug}" is retired and starts no new runs. Publish it again to use it.`);
  if (versionId === null)
    throw new AppError("workflow_not_published", `"${slug}" is not published yet. Publish it, then start it again.`);
  if (!workflow.enabled)
    throw new AppError("workflow_disabled", `"${slug}" is switched off. Switch it to active, then start it again.`);
  if (status === "draft" && workflow.whileDraft !== "serve_published") {
    throw new AppError(
      "workflow_draft",
      `"${slug}" has a draft that is not published. Publish it, then start it again.`,
    );
  }
  return versionId;
}
