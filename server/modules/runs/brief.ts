import type { Json } from "@/core/json";
import type { OrganizationId } from "@/server/db/tenant";
import { findVersion, findWorkflows } from "./repository";
import { listShownSteps, listStepRuns } from "./step-store";

/** What each step of a run gave, as the engine reads it: nothing is masked, so it must not leave the server. */
export async function recordedResults(
  runId: string,
): Promise<{ key: string; nodeId: string; type: string; handle: string; output: Json }[]> {
  return (await listStepRuns(runId)).flatMap(({ key, nodeId, type, handle, output }) =>
    handle === null ? [] : [{ key, nodeId, type, handle, output: (output as Json | undefined) ?? null }],
  );
}

/** Facts about runs that other modules show. */
export async function runStepsBrief(
  runId: string,
): Promise<{ name: string; type: string; status: string; summary: string | null; durationMs: number | null }[]> {
  const { rows } = await listShownSteps(runId);
  return rows
    .filter(({ superseded }) => !superseded)
    .map(({ name, type, status, summary, durationMs }) => ({ name, type, status, summary, durationMs }));
}

export async function runVersionSpec(organizationId: OrganizationId, versionId: string): Promise<Json> {
  const version = await findVersion(organizationId, versionId);
  if (!version) throw new Error(`Version ${versionId} does not exist`);
  return version.spec;
}

export async function workflowRefs(
  organizationId: OrganizationId,
  ids: readonly string[],
): Promise<Map<string, { id: string; slug: string; name: string }>> {
  return findWorkflows(organizationId, ids);
}
