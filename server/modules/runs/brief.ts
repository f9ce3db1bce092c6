import type { Json } from "@/core/json";
import type { OrganizationId } from "@/server/db/tenant";
import { findVersion, findWorkflows, listStepRuns } from "./repository";

/** Facts about runs that other modules show. */
export async function runStepsBrief(
  runId: string,
): Promise<{ name: string; type: string; status: string; summary: string | null; durationMs: number | null }[]> {
  const rows = await listStepRuns(runId);
  return rows.map(({ name, type, status, summary, durationMs }) => ({ name, type, status, summary, durationMs }));
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
