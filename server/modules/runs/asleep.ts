import { closedOrganizations, isClosed } from "@/server/auth/demo-organizations";
import { findRunPlace } from "./repository";

/** Whether a run belongs to a demo that is closed: then nobody drives it. Costs nothing where none is. */
export async function isAsleep(runId: string): Promise<boolean> {
  if (closedOrganizations().length === 0) return false;
  const run = await findRunPlace(runId);
  return run !== null && isClosed(run.organizationId);
}
