import { AppError } from "@/core/errors";
import { requireScope, type Actor, type OrganizationId } from "@/server/db/tenant";
import { requireStartable, startRefusal } from "./policy";
import { requireApprovalsKept } from "./review-gate";
import { currentWorkflow, startableWorkflow, startFacts, startFactsOfNumber, type StartFacts } from "./start-facts";
import type { StartableWorkflow } from "./store";

export interface StartTarget {
  workflow: StartableWorkflow;
  facts: StartFacts;
}

/** What a start begins: the published version, or an earlier one where `version` names it; else the reason why there is none. */
export async function startTarget(
  actor: Actor,
  { workflow: idOrSlug, version }: { workflow: string; version?: number },
): Promise<StartTarget> {
  const find = version === undefined ? startableWorkflow : currentWorkflow;
  const workflow = await find(actor.organizationId, idOrSlug);
  if (!workflow) throw new AppError("not_found", "There is no such workflow.");
  const published = requireStartable(workflow);
  if (version !== undefined && version !== workflow.publishedVersion) {
    if (actor.userId !== null) requireScope(actor, "workflows:publish");
    await requireApprovalsKept(workflow, version, "start");
  }
  const facts = version === undefined ? await startFacts(published) : await startFactsOfNumber(workflow, version);
  return { workflow, facts };
}

/** The version that a run goes on with in a new one, or the reason why its workflow may start nothing now. */
export async function restoreTarget(
  organizationId: OrganizationId,
  { workflowId, versionId, version }: { workflowId: string; versionId: string; version: number },
): Promise<StartTarget> {
  const workflow = await currentWorkflow(organizationId, workflowId);
  if (!workflow) throw new AppError("not_found", "The workflow of this run was deleted, so nothing can go on from it.");
  requireStartable(workflow);
  await requireApprovalsKept(workflow, version, "restore");
  return { workflow, facts: await startFacts(versionId) };
}

/** What a new run would begin now; null where nothing may. */
export async function liveVersion(
  organizationId: OrganizationId,
  workflowId: string,
): Promise<{ versionId: string; version: number } | null> {
  const workflow = await currentWorkflow(organizationId, workflowId);
  if (workflow === null || startRefusal(workflow) !== null) return null;
  const { versionId, publishedVersion: version } = workflow;
  return versionId === null || version === null ? null : { versionId, version };
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
