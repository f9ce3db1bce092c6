import type { Actor } from "@/server/db/tenant";
import { namesAround } from "./names-around";
import { runFacts, type RunFacts } from "./read-model";
import { findWorkflows, type RunDetailRow } from "./repository";
import { masksOfRuns, noMask } from "./sensitive";

/** A run as it stands, without its steps. */
export async function factsOf(actor: Actor, row: RunDetailRow): Promise<RunFacts> {
  const [workflows, names, masks] = await Promise.all([
    findWorkflows(actor.organizationId, [row.workflowId]),
    namesAround(actor.organizationId, []),
    masksOfRuns(actor.organizationId, [row.id]),
  ]);
  return runFacts(row, workflows.get(row.workflowId), [], names, masks.get(row.id) ?? noMask);
}
