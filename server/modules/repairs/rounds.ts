import { AppError } from "@/core/errors";
import { newId } from "@/core/ids";
import { memberActor } from "@/server/auth/actor";
import { findMember } from "@/server/auth/store";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { auditActor, auditProof } from "@/server/db/transaction";
import { assigneeRefsOf } from "@/server/modules/directory/service";
import { controlRun } from "@/server/modules/runs/service";
import { openRepair } from "./choices";
import { beginRound, findTry, leaveOut, nextOfRound, type RoundDue } from "./round-store";

/**
 * Tries one failed run again and, when it gets past its step, all that failed alike and wait for this person: each on its own version, or
 * all with `version`, the one that is live.
 */
export async function tryAllAgain(actor: UserActor, id: string, version?: number): Promise<{ count: number }> {
  requireScope(actor, "runs:control");
  const { runId } = await openRepair(actor, id);
  const begun = await beginRound({
    id: newId(),
    org: actor.organizationId,
    run: runId,
    refs: await assigneeRefsOf(actor),
    version: version ?? null,
    user: actor.userId,
    actor: auditActor(actor),
    proof: { ...auditProof(actor) },
  });
  if (begun.ok) return { count: begun.count };
  if (begun.reason === "settled") await openRepair(actor, id);
  throw new AppError(
    "conflict",
    "These runs are being tried again already. What comes of it stands here as soon as it is known.",
  );
}

/** What the durable function that carries a round on may do. */
export interface RepairRounds {
  next(roundId: string, isLate: boolean): Promise<RoundDue>;
  tryOne(roundId: string, position: number): Promise<void>;
}

export const repairRounds: RepairRounds = {
  next: nextOfRound,
  /** As whoever began the round, with the rights that they have now. */
  async tryOne(roundId, position) {
    const found = await findTry(roundId, position);
    if (!found) return;
    const member = await findMember(found.userId, found.organizationId);
    try {
      if (!member) throw new AppError("forbidden", "Whoever began this has left.");
      const actor = { ...memberActor(member), address: found.proof.address };
      await controlRun(actor, found.runId, "retry", {
        round: { id: roundId, position },
        ...(found.version === null ? {} : { version: found.version }),
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await leaveOut(roundId, position);
    }
  },
};
