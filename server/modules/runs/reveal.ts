import type { RunStep } from "@/core/contracts/run";
import { AppError } from "@/core/errors";
import { sameJson } from "@/core/json-guard";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { auditActor, withTransaction, writeAudit } from "@/server/db/transaction";
import { createRateLimiter } from "@/server/http/rate-limit";
import { stepAsSeen } from "./step-reads";
import { visibleRun } from "./visible-run";

/** Of one person: a page of steps at once, then one now and then. */
const reveals = createRateLimiter({ perSecond: 0.1, burst: 30 });

/**
 * One step of a run with the values that its workflow hides, for whoever says why. That they looked is on record before they see it; the values are not. Stays hidden: what a
 * connection keeps no record of, and where to answer for others.
 */
export async function revealStep(
  actor: UserActor,
  idText: string,
  { stepId, reason }: { stepId: string; reason: string },
): Promise<RunStep> {
  requireScope(actor, "runs:reveal");
  requireRecentProof(actor);
  reveals.take(actor.userId);
  const run = await visibleRun(actor, idText);
  const [hidden, shown] = [
    await stepAsSeen(actor, run, stepId),
    await stepAsSeen(actor, run, stepId, { revealed: true }),
  ];
  if (sameJson(hidden, shown))
    throw new AppError("conflict", `Nothing is hidden at “${shown.name}” that could be shown.`);
  const facts = { nodeId: shown.nodeId, name: shown.name, reason };
  await withTransaction(async (tx) => {
    await writeAudit(tx, actor, "run.values_revealed", { type: "run", id: run.id }, facts);
    const event = {
      type: "run.values_revealed",
      actor: auditActor(actor),
      data: { node_id: shown.nodeId, name: shown.name, reason },
    };
    await tx.$executeRaw`select put_run_events(${run.id}::uuid, ${run.organizationId}::uuid, ${JSON.stringify([event])}::jsonb)`;
  });
  return shown;
}
