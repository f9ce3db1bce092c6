import type { z } from "zod";
import type { workflowListObjectSchema } from "@/core/contracts/workflow-rest";
import { byCreation, listPage, type PageRequest } from "@/server/api/rest/list-page";
import { requireScope, type Actor } from "@/server/db/tenant";
import { headTriggerTypes } from "./overview";
import { listWorkflows } from "./repository";
import { countRuns } from "./store";
import { workflowListObject } from "./wire";

interface ListQuery extends PageRequest {
  status?: string | undefined;
}

/** A page of the definition list, with how often each ran. */
export async function listWorkflowPage(
  actor: Actor,
  query: ListQuery,
): Promise<{ workflows: z.input<typeof workflowListObjectSchema>[]; nextCursor: string | null }> {
  requireScope(actor, "workflows:read");
  const { items: shown, nextCursor } = await listPage(query, byCreation, (slice) =>
    listWorkflows(actor.organizationId, query.status === undefined ? {} : { status: query.status }, slice),
  );
  const [types, executions] = await Promise.all([
    shown.length === 0 ? new Map<string, string[]>() : headTriggerTypes(actor.organizationId, shown),
    countRuns(
      actor.organizationId,
      shown.map((row) => row.id),
    ),
  ]);
  return {
    workflows: shown.map((row) => workflowListObject(row, types.get(row.id)?.[0] ?? null, executions.get(row.id) ?? 0)),
    nextCursor,
  };
}
