import type { FirstSteps } from "@/core/contracts/library";
import { hasScope, requireScope, type UserActor } from "@/server/db/tenant";
import { findFirstSteps } from "./repository";

/** How far somebody has come with their first workflow. */
export async function firstSteps(actor: UserActor): Promise<FirstSteps> {
  requireScope(actor, "workflows:read");
  const found = await findFirstSteps(actor.organizationId, actor.userId);
  return { ...found, created: found.workflow !== null, mayCreate: hasScope(actor, "workflows:write") };
}
