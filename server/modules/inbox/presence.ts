import type { InboxLooker } from "@/core/contracts/inbox";
import { isUuid } from "@/core/ids";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { announceLookers, forgetLooker, listLookers, noteLooker } from "./presence-store";

/** Says that this tab has the inbox open, and which of its items; null where none is. Holds nobody up. */
export async function lookAt(actor: UserActor, clientId: string, id: string | null): Promise<void> {
  requireScope(actor, "approvals:read");
  const { organizationId, userId, name } = actor;
  const itemId = id !== null && isUuid(id) ? id : null;
  if (await noteLooker({ organizationId, clientId, userId, userName: name, itemId }))
    await announceLookers(organizationId);
}

/** The tab is closed, or shows something else. */
export async function lookAway(actor: UserActor, clientId: string): Promise<void> {
  requireScope(actor, "approvals:read");
  const { organizationId, userId } = actor;
  if (await forgetLooker(organizationId, userId, clientId)) await announceLookers(organizationId);
}

/** Who else has which of these open. */
export async function lookersOf(actor: UserActor, ids: readonly string[]): Promise<InboxLooker[]> {
  requireScope(actor, "approvals:read");
  return listLookers(actor.organizationId, actor.userId, ids.filter(isUuid));
}
