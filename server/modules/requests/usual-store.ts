import { usualWords } from "@/core/usual-time";
import { hotPool } from "@/server/db/pools";
import type { OrganizationId } from "@/server/db/tenant";

/** A step of a workflow, whatever the version. */
export interface WaitPlace {
  workflowId: string;
  nodeId: string;
}

/** How long waits at these steps take as a rule, in words; nothing of those that too few people have answered yet. */
export async function usualWaits(
  organizationId: OrganizationId,
  places: readonly WaitPlace[],
): Promise<(place: WaitPlace) => string | null> {
  if (places.length === 0) return () => null;
  const { rows } = await hotPool().query<WaitPlace & { ms: string }>({
    name: "usual_waits",
    text: `select workflow_id as "workflowId", node_id as "nodeId", usual_ms as ms from usual_waits($1, $2::uuid[], $3::text[])`,
    values: [organizationId, places.map(({ workflowId }) => workflowId), places.map(({ nodeId }) => nodeId)],
  });
  return ({ workflowId, nodeId }) => {
    const found = rows.find((row) => row.workflowId === workflowId && row.nodeId === nodeId);
    return found === undefined ? null : usualWords(Number(found.ms));
  };
}
