import type { Json } from "@/core/json";
import type { Spec } from "@/core/workflow/document";
import type { OrganizationId } from "@/server/db/tenant";
import { allNodes } from "./all-nodes";
import { findVersion, findWorkflows } from "./repository";
import { isRejected } from "./said-no";
import { maskOfRun } from "./sensitive";
import { coveredAt, hiddenPaths, maskedAt, sideOf } from "./sensitive-paths";
import { listShownSteps, listStepRuns } from "./step-store";

/** What each step of a run gave, without what its workflow calls sensitive: whoever gets it may be less than the run's reader. */
export async function recordedResults(
  organizationId: OrganizationId,
  run: { id: string; versionId: string; input: unknown },
): Promise<{ key: string; nodeId: string; type: string; handle: string; output: Json }[]> {
  // Written only after validation against the same schema.
  const spec = (await runVersionSpec(organizationId, run.versionId)) as unknown as Spec;
  const [rows, mask] = await Promise.all([listStepRuns(run.id), maskOfRun(spec, run)]);
  const nodes = new Map(allNodes(spec).map((node) => [node.id, node]));
  return rows.flatMap(({ key, nodeId, type, handle, engine, output }) => {
    if (handle === null) return [];
    const hidden = hiddenPaths(nodes.get(nodeId)?.sensitive, engine).filter((path) => sideOf(path) !== "input");
    return [
      {
        key,
        nodeId,
        type,
        handle,
        output: mask(
          maskedAt(
            coveredAt((output as Json | undefined) ?? null, "output", mask.secrets.steps.get(nodeId)?.hidden),
            hidden,
          ),
        ),
      },
    ];
  });
}

/** Facts about runs that other modules show. */
export async function runStepsBrief(runId: string): Promise<
  {
    nodeId: string;
    name: string;
    type: string;
    status: string;
    /** Somebody was asked there, and said no. */
    rejected: boolean;
    summary: string | null;
    durationMs: number | null;
  }[]
> {
  const { rows } = await listShownSteps(runId);
  return rows
    .filter(({ superseded }) => !superseded)
    .map(({ nodeId, name, type, status, handle, summary, durationMs }) => ({
      nodeId,
      name,
      type,
      status,
      rejected: isRejected({ type, handle }),
      summary,
      durationMs,
    }));
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
