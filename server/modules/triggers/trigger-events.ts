import type { TriggerEventItem } from "@/core/contracts/trigger";
import type { JsonObject } from "@/core/json";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { eventData, eventNames, listInbound, sendEvent, type StoredEvent } from "@/server/modules/events/service";
import { existingWorkflow } from "@/server/modules/workflows/service";

/** The last events of a name, newest first, with what this workflow made of each. */
export async function recentEvents(
  actor: UserActor,
  slug: string,
  event: string,
  limit: number,
): Promise<TriggerEventItem[]> {
  requireScope(actor, "webhooks:read");
  const workflow = await existingWorkflow(actor, slug);
  const lists = await Promise.all(eventNames(event).map((name) => listInbound(actor, { limit, offset: 0, name })));
  return lists
    .flatMap(({ items }) => items)
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    .slice(0, limit)
    .map((stored) => ({
      id: stored.id,
      name: stored.name,
      at: stored.createdAt.toISOString(),
      data: eventData(stored.data),
      outcome: outcomeFor(stored, workflow.id),
    }));
}

/** Really sends the event: every live workflow that listens to it starts. */
export async function sendTestEvent(
  actor: UserActor,
  event: { name: string; data: JsonObject },
): Promise<{ started: { workflow: string; runId: string }[]; refused: { workflow: string; message: string }[] }> {
  const { results } = await sendEvent(actor, event);
  return {
    started: results.flatMap((result) =>
      "runId" in result ? [{ workflow: result.workflow, runId: result.runId }] : [],
    ),
    refused: results.flatMap((result) =>
      "refused" in result ? [{ workflow: result.workflow, message: result.refused.message }] : [],
    ),
  };
}

function outcomeFor({ results }: StoredEvent, workflowId: string): TriggerEventItem["outcome"] {
  const own = results?.find((result) => result.workflowId === workflowId);
  if (!own) return { kind: "not_for_this" };
  if ("unclear" in own) return { kind: "unclear", message: own.unclear };
  return "runId" in own ? { kind: "started", runId: own.runId } : { kind: "refused", message: own.refused.message };
}
