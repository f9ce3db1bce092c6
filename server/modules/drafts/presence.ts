import type { DraftPerson } from "@/core/contracts/draft";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { existingWorkflow } from "@/server/modules/workflows/service";
import { announcePresence, forgetPresence, notePresence } from "./store";

/** Says that this tab has the builder open; gives the other tabs that have, this person's own included. */
export async function present(
  actor: UserActor,
  slug: string,
  { clientId, nodeId }: { clientId: string; nodeId: string | null },
): Promise<DraftPerson[]> {
  requireScope(actor, "workflows:read");
  const { organizationId } = actor;
  const { id } = await existingWorkflow(actor, slug);
  const { people, isNews } = await notePresence({
    organizationId,
    workflowId: id,
    clientId,
    userId: actor.userId,
    userName: actor.name,
    nodeId,
  });
  if (isNews) await announcePresence(organizationId, id);
  return people;
}

export async function leave(actor: UserActor, slug: string, clientId: string): Promise<void> {
  requireScope(actor, "workflows:read");
  const { id } = await existingWorkflow(actor, slug);
  if (await forgetPresence(actor.organizationId, id, clientId)) await announcePresence(actor.organizationId, id);
}
