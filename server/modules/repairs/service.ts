import type { RepairContext, RepairItem } from "@/core/contracts/repair";
import { AppError } from "@/core/errors";
import { requireScope, type Actor } from "@/server/db/tenant";
import { assigneeRefsOf } from "@/server/modules/directory/service";
import { existingRepair } from "./choices";
import { repairContext } from "./context";
import { toRepairItems } from "./items";
import { findRepairs } from "./store";

export { repairRounds, tryAllAgain, type RepairRounds } from "./rounds";
export { fixAndGoOn, goOnWithNewest, leaveAsItIs, skipStep, tryAgain } from "./choices";

/** Of these runs those that failed and needed a choice, as cards. */
export async function repairItems(actor: Actor, runIds: readonly string[]): Promise<RepairItem[]> {
  requireScope(actor, "approvals:read");
  if (runIds.length === 0) return [];
  return toRepairItems(actor, await findRepairs(actor.organizationId, runIds, await assigneeRefsOf(actor)));
}

/** One of them unfolded. 404 for what does not exist or may not be seen. */
export async function getRepair(actor: Actor, id: string): Promise<RepairContext> {
  requireScope(actor, "approvals:read");
  const context = await repairContext(actor, await existingRepair(actor, id));
  if (!context) throw new AppError("not_found", "There is no such request.");
  return context;
}
