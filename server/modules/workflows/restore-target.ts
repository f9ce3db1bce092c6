import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import type { OrganizationId } from "@/server/db/tenant";
import type { RunGroup } from "@/server/modules/runs/service";
import { requireStartable } from "./policy";
import { requireApprovalsKept } from "./review-gate";
import { runGroup } from "./run-group";
import { currentWorkflow, startFacts } from "./start-facts";

/** The group that a run of this version counts in, or the reason why its workflow may start nothing now. */
export async function restoreTarget(
  organizationId: OrganizationId,
  {
    workflowId,
    versionId,
    version,
    input,
  }: { workflowId: string; versionId: string; version: number; input: JsonObject },
): Promise<{ slug: string; group: RunGroup | null }> {
  const workflow = await currentWorkflow(organizationId, workflowId);
  if (!workflow) throw new AppError("not_found", "The workflow of this run was deleted, so nothing can go on from it.");
  requireStartable(workflow);
  await requireApprovalsKept(workflow, version, "restore");
  return { slug: workflow.slug, group: runGroup(await startFacts(versionId), input) };
}

/** What lies in the trash does nothing: neither by new runs nor by old ones. */
export async function requireOutOfTrash(organizationId: OrganizationId, workflowId: string): Promise<void> {
  if (await currentWorkflow(organizationId, workflowId)) return;
  throw new AppError("conflict", "The workflow of this run lies in the trash. Take it out, then retry the run.");
}

/**
 * Other values for a run that is on an old version: where publishing needs a second person, only a version that asks for as much as
 * what is live takes them.
 */
export async function requireCorrectable(
  organizationId: OrganizationId,
  { workflowId, version }: { workflowId: string; version: number },
): Promise<void> {
  const workflow = await currentWorkflow(organizationId, workflowId);
  if (workflow) await requireApprovalsKept(workflow, version, "correct");
}

export function groupIsFull(slug: string, group: RunGroup | null): AppError {
  const limit = String(group?.limit ?? 0);
  return new AppError(
    "concurrency_limit",
    `"${slug}" has ${limit} of ${limit} runs under way and starts no more until one ends. Try again later, or raise the limit in its configuration.`,
  );
}
