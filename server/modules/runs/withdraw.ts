import { statusesAllowing } from "@/core/engine/transitions";
import { newId } from "@/core/ids";
import type { Actor } from "@/server/db/tenant";
import { auditActor, auditProof } from "@/server/db/transaction";
import { withdrawnByCustomer } from "./withdrawn";
import { findRun } from "./repository";
import { runStore } from "./run-store";

/**
 * Cancels a run for the customer who asked for it, whom the caller has let in by their conversation. Done twice it is done once; false
 * when the run ended otherwise.
 */
export async function withdrawRun(actor: Actor, runId: string): Promise<boolean> {
  const result = await runStore().control({
    id: runId,
    org: actor.organizationId,
    verb: "cancel",
    from: statusesAllowing("cancel"),
    reason: withdrawnByCustomer,
    actor: auditActor(actor),
    proof: auditProof(actor),
    eventId: newId(),
  });
  if (result["ok"] === true) return true;
  return (await findRun(actor.organizationId, runId))?.cancelReason === withdrawnByCustomer;
}
