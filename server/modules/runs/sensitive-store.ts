import type { Json } from "@/core/json";
import { hotPool } from "@/server/db/pools";
import type { OrganizationId } from "@/server/db/tenant";

/** What was recorded of these nodes, in all tries and iterations. */
export async function listValuesOfNodes(
  runId: string,
  nodeIds: readonly string[],
): Promise<{ nodeId: string; input: Json; output: Json; error: Json }[]> {
  const { rows } = await hotPool().query<{ nodeId: string; input: Json; output: Json; error: Json }>(
    'select node_id as "nodeId", input, output, error from step_runs where run_id = $1 and node_id = any($2)',
    [runId, nodeIds],
  );
  return rows;
}

/** Those of these runs whose version calls something sensitive. */
export async function listSensitiveRuns(
  organizationId: OrganizationId,
  ids: readonly string[],
): Promise<{ id: string; versionId: string; input: Json }[]> {
  const { rows } = await hotPool().query<{ id: string; versionId: string; input: Json }>(
    `select r.id, r.version_id as "versionId", r.input from runs r join workflow_versions v on v.id = r.version_id
     where r.organization_id = $1 and r.id = any($2) and v.spec::text like '%"sensitive"%'`,
    [organizationId, ids],
  );
  return rows;
}
