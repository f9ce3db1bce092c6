import { hotPool } from "@/server/db/pools";
import type { OrganizationId } from "@/server/db/tenant";

/** Whether a failed run stands in the inbox until somebody chooses what becomes of it. */
export async function isInRepair(organizationId: OrganizationId, runId: string): Promise<boolean> {
  const { rowCount } = await hotPool().query({
    name: "run_in_repair",
    text: "select from repairs where run_id = $2 and organization_id = $1 and status = 'open'",
    values: [organizationId, runId],
  });
  return (rowCount ?? 0) > 0;
}
