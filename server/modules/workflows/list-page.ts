import type { z } from "zod";
import type { workflowListObjectSchema } from "@/core/contracts/workflow-rest";
import { decodeCursor, encodeCursor } from "@/server/api/rest/paging";
import { requireScope, type Actor } from "@/server/db/tenant";
import { headTriggerTypes } from "./overview";
import { listWorkflows } from "./repository";
import { countRuns } from "./store";
import { workflowListObject } from "./wire";

interface ListQuery {
  status?: string | undefined;
  limit: number;
  offset: number;
  cursor?: string | undefined;
}

/** A page of the definition list, with how often each ran. */
export async function listWorkflowPage(
  actor: Actor,
  query: ListQuery,
): Promise<{ workflows: z.input<typeof workflowListObjectSchema>[]; nextCursor: string | null }> {
  requireScope(actor, "workflows:read");
  const [createdAt, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, 2);
  const rows = await listWorkflows(actor.organizationId, query.status === undefined ? {} : { status: query.status }, {
    limit: query.limit + 1,
    offset: query.offset,
    ...(createdAt !== undefined && id !== undefined ? { after: { createdAt, id } } : {}),
  });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const [types, executions] = await Promise.all([
    shown.length === 0 ? new Map<string, string[]>() : headTriggerTypes(actor.organizationId, shown),
    countRuns(
      actor.organizationId,
      shown.map((row) => row.id),
    ),
  ]);
  return {
    workflows: shown.map((row) => workflowListObject(row, types.get(row.id)?.[0] ?? null, executions.get(row.id) ?? 0)),
    nextCursor: rows.length > query.limit && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
  };
}
