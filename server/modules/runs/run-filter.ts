import { z } from "zod";
import { timeSchema } from "@/core/contracts/time";
import { runStatuses } from "@/core/run-status";
import { listOf } from "@/server/api/rest/query";
import type { UserActor } from "@/server/db/tenant";
import { existingWorkflow } from "@/server/modules/workflows/service";
import { triggerTypes } from "@/triggers/definitions";
import type { RunFilter } from "./repository";

/** What the list of runs can be narrowed by. Each has an index of `runs` that begins with it, after the organization. */
export const runFilterQuery = {
  status: listOf(z.enum(runStatuses)).optional().describe("One or several, repeated or separated by commas."),
  workflow: z.string().max(200).optional().describe("Only runs of this workflow: id or slug."),
  trigger_type: listOf(z.enum([...triggerTypes, "test"]))
    .optional()
    .describe("What started them; one or several, repeated or separated by commas."),
  requested_by: z.string().max(300).optional().describe("For whom: exactly as the run says it."),
  created_after: timeSchema.optional().describe("Only runs that were started after this time."),
  created_before: timeSchema.optional().describe("Only runs that were started before this time."),
};

/** The same as the database is asked. Throws `not_found` for a workflow that is not there. */
export async function runFilter(
  actor: UserActor,
  query: z.output<z.ZodObject<typeof runFilterQuery>>,
): Promise<RunFilter> {
  const { status, workflow, trigger_type: triggerType, requested_by: requestedBy } = query;
  const found = workflow === undefined ? null : await existingWorkflow(actor, workflow);
  return {
    ...(status ? { status } : {}),
    ...(found ? { workflowId: found.id } : {}),
    ...(triggerType ? { triggerType } : {}),
    ...(requestedBy === undefined ? {} : { requestedBy }),
    ...(query.created_after === undefined ? {} : { createdAfter: new Date(query.created_after) }),
    ...(query.created_before === undefined ? {} : { createdBefore: new Date(query.created_before) }),
  };
}
