import { AppError } from "@/core/errors";
import { isUuid } from "@/core/ids";
import type { Actor } from "@/server/db/tenant";
import { auditActor, withTransaction, writeAudit } from "@/server/db/transaction";
import { findWaitpoint, makeWaitpointDue } from "./repository";

/** Something a run waits for, still open. */
export async function openWaitpointOf(actor: Actor, run: { id: string }, waitpointId: string) {
  const row = isUuid(waitpointId) ? await findWaitpoint(actor.organizationId, waitpointId) : null;
  if (row?.runId !== run.id) throw new AppError("not_found", "This run waits for no such thing.");
  if (row.status !== "open")
    throw new AppError("waitpoint_already_resolved", "The test does not wait for this any more. Look at it again.");
  return row;
}

/** Jumps to the end of a wait in a test: its timer, or the deadline of its question, is over now. */
export async function passTime(
  actor: Actor,
  run: { id: string },
  waitpoint: { id: string; nodeId: string; dueAt: Date | null },
): Promise<void> {
  if (waitpoint.dueAt === null)
    throw new AppError("conflict", "This waits without a limit, so there is no time to jump to. Answer it instead.");
  const isDone = await withTransaction(async (tx) => {
    const target = { runId: run.id, waitpointId: waitpoint.id, actor: auditActor(actor) };
    if (!(await makeWaitpointDue(tx, actor.organizationId, target))) return false;
    const data = {
      nodeId: waitpoint.nodeId,
      waitpointId: waitpoint.id,
      wasDueAt: waitpoint.dueAt?.toISOString() ?? null,
    };
    await writeAudit(tx, actor, "test.time_passed", { type: "run", id: run.id }, data);
    return true;
  });
  if (!isDone)
    throw new AppError("invalid_run_state", "The test has gone on, or is paused. Look at it again before you jump.");
}
