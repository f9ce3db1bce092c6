import type { RepairWay } from "@/core/contracts/repair";
import { AppError } from "@/core/errors";
import { readId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import { requireScope, type Actor, type UserActor } from "@/server/db/tenant";
import { auditActor, auditProof } from "@/server/db/transaction";
import { assigneeRefsOf } from "@/server/modules/directory/service";
import { controlRun, visibleRun } from "@/server/modules/runs/service";
import { changedValues } from "./changed-values";
import { findRepairs, leaveRepair, type RepairRow } from "./store";

/** The same version again, from the step that failed; what was approved and done stays. */
export async function tryAgain(actor: UserActor, id: string): Promise<void> {
  requireScope(actor, "runs:control");
  const row = await openRepair(actor, id);
  await retried(actor, row, {});
}

/** The version that is live, from the step that failed; what is done stays done. */
export async function goOnWithNewest(actor: UserActor, id: string, version: number): Promise<void> {
  requireScope(actor, "runs:control");
  const row = await openRepair(actor, id);
  await retried(actor, row, { version });
}

/** The same with corrected values of the run's input. Approvals that hold one of them are asked again. */
export async function fixAndGoOn(actor: UserActor, id: string, values: JsonObject): Promise<void> {
  requireScope(actor, "runs:control");
  const row = await openRepair(actor, id);
  const patch = changedValues(await visibleRun(actor, row.runId), values);
  if (Object.keys(patch).length === 0)
    throw new AppError(
      "validation_failed",
      "Nothing was changed. Correct a value, or choose “Try again” to go on with these.",
    );
  await retried(actor, row, { patch });
}

/** The failed step is let be, and the run goes on behind it: what it would have given is null. */
export async function skipStep(actor: UserActor, id: string, reason: string): Promise<void> {
  requireScope(actor, "runs:control");
  const row = await openRepair(actor, id);
  if (row.stepKey === null) throw new AppError("conflict", "It was no step that failed, so there is none to skip.");
  await retried(actor, row, { skip: row.stepKey, reason });
}

/** The run stays failed, and waits for nobody any more. */
export async function leaveAsItIs(actor: UserActor, id: string, reason: string): Promise<void> {
  requireScope(actor, "runs:control");
  const row = await openRepair(actor, id);
  const isLeft = await leaveRepair(actor.organizationId, row.runId, {
    reason,
    actor: auditActor(actor),
    proof: { ...auditProof(actor) },
  });
  if (!isLeft) throw await noLongerOpen(actor, row.runId);
}

/** A failed run that waits for a choice and that the actor may see; whoever was faster is named. */
export async function openRepair(actor: Actor, id: string): Promise<RepairRow> {
  const row = await existingRepair(actor, id);
  await visibleRun(actor, row.runId);
  if (row.status !== "open") throw settledBy(row);
  return row;
}

export async function existingRepair(actor: Actor, id: string): Promise<RepairRow> {
  const runId = readId("run", id);
  const refs = await assigneeRefsOf(actor);
  const [row] = runId === null ? [] : await findRepairs(actor.organizationId, [runId], refs);
  if (!row) throw new AppError("not_found", "There is no such request.");
  return row;
}

async function retried(
  actor: UserActor,
  { runId }: RepairRow,
  options: { patch?: JsonObject; skip?: string; reason?: string; version?: number },
): Promise<void> {
  try {
    await controlRun(actor, runId, "retry", options);
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_run_state") throw await noLongerOpen(actor, runId);
    throw error;
  }
}

/** Two at once: the second one is told who was first. */
async function noLongerOpen(actor: Actor, runId: string): Promise<AppError> {
  return settledBy(await existingRepair(actor, runId));
}

const pastTense: Readonly<Record<RepairWay, string>> = {
  retried: "tried this run again",
  moved: "moved this run to a newer version",
  fixed: "corrected this run",
  skipped: "skipped the step",
  restored: "made a new run from this one",
  left: "left this run as it is",
};

function settledBy({ settledHow, settledByName, settledAt }: RepairRow): AppError {
  const what = settledHow === null ? "did something about this run" : pastTense[settledHow];
  return new AppError(
    "conflict",
    `${settledByName ?? "Somebody"} ${what} meanwhile. Nothing was done a second time.`,
    [],
    { how: settledHow, by: settledByName, at: settledAt?.toISOString() ?? null },
  );
}
