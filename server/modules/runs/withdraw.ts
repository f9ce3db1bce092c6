import { statusesAllowing } from "@/core/engine/transitions";
import { newId } from "@/core/ids";
import type { Actor } from "@/server/db/tenant";
import { auditActor, auditProof } from "@/server/db/transaction";
import { isWithdrawn, withdrawalWords, type Withdrawer } from "./withdrawn";
import { findRun } from "./repository";
import { runStore } from "./run-store";

/**
 * Cancels a run for whoever asked for it, whom the caller has let in by their conversation, link or name. Done twice it is done once;
 * false when the run ended otherwise.
 */
export async function withdrawRun(
  actor: Actor,
  runId: string,
  { by, reason }: { by: Withdrawer; reason?: string | undefined },
): Promise<boolean> {
  const result = await runStore().control({
    id: runId,
    org: actor.organizationId,
    verb: "cancel",
    from: statusesAllowing("cancel"),
    reason: withdrawalWords(by, reason),
    actor: auditActor(actor),
    proof: auditProof(actor),
    eventId: newId(),
  });
  if (result["ok"] === true) return true;
  return isWithdrawn((await findRun(actor.organizationId, runId))?.cancelReason ?? null);
}
