import type { LegalHoldItem, PlaceHold } from "@/core/contracts/legal-hold";
import { heldSubjects } from "@/core/contracts/legal-hold";
import { AppError } from "@/core/errors";
import { isUuid, newId, readId } from "@/core/ids";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireScope, type Actor, type OrganizationId, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { visibleRun } from "@/server/modules/runs/service";
import { existingWorkflow } from "@/server/modules/workflows/service";
import * as repository from "./repository";

/** Those that last and those that were lifted, newest first. */
export async function listHolds(actor: Actor): Promise<LegalHoldItem[]> {
  requireScope(actor, "audit:read");
  return (await repository.listHolds(actor.organizationId)).map(describe);
}

/** From now on nothing of it is deleted, by nobody, until somebody lifts the hold. */
export async function placeHold(actor: UserActor, { subject, id, reason }: PlaceHold): Promise<LegalHoldItem> {
  requireScope(actor, "runs:delete");
  const subjectId = await subjectOf(actor, subject, id);
  const row = await withTransaction(async (tx) => {
    const hold = { id: newId(), subjectType: subject, subjectId, reason, placedBy: actor.userId };
    const placed = await repository.insertHold(tx, { ...hold, organizationId: actor.organizationId });
    await writeAudit(tx, actor, "legal_hold.placed", { type: subject, id: subjectId }, { holdId: hold.id, reason });
    return placed;
  });
  return describe(row);
}

export async function liftHold(actor: UserActor, id: string): Promise<LegalHoldItem> {
  requireScope(actor, "runs:delete");
  requireRecentProof(actor);
  const row = await withTransaction(async (tx) => {
    const lifted = isUuid(id) ? await repository.liftHold(tx, actor.organizationId, id) : null;
    if (!lifted) throw new AppError("not_found", "There is no such hold, or it was lifted before.");
    await writeAudit(
      tx,
      actor,
      "legal_hold.lifted",
      { type: lifted.subjectType, id: lifted.subjectId },
      { holdId: id, reason: lifted.reason },
    );
    return lifted;
  });
  return describe(row);
}

export async function minimumRetention(actor: Actor): Promise<number> {
  requireScope(actor, "audit:read");
  return repository.findMinimum(actor.organizationId);
}

export async function setMinimumRetention(actor: UserActor, days: number): Promise<number> {
  requireScope(actor, "runs:delete");
  requireRecentProof(actor);
  const { organizationId } = actor;
  await withTransaction(async (tx) => {
    const before = await repository.findMinimum(organizationId, tx);
    if (before === days) return;
    await repository.updateMinimum(tx, organizationId, days);
    await writeAudit(
      tx,
      actor,
      "organization.minimum_retention_changed",
      { type: "organization", id: organizationId },
      { before, after: days },
    );
  });
  return days;
}

/** Why the runs of a workflow may not be deleted yet; null when they may. */
export async function keptBecause(
  organizationId: OrganizationId,
  workflowId: string,
  now = Date.now(),
): Promise<string | null> {
  const { runs, held } = await repository.countKept(organizationId, workflowId, new Date(now));
  if (runs === 0) return null;
  const many = runs === 1 ? "One run" : `${String(runs)} runs`;
  return held > 0
    ? `${many} of this workflow must be kept, because of a legal hold. Lift it first, if that is yours to decide.`
    : `${many} of this workflow ended too recently to be deleted. Your organization keeps runs for a minimum of days after their end.`;
}

async function subjectOf(actor: UserActor, subject: PlaceHold["subject"], id: string | undefined): Promise<string> {
  if (subject === "organization") return actor.organizationId;
  if (id === undefined)
    throw new AppError("validation_failed", `Say which ${subject} is to be kept.`, [
      { code: "required", path: "id", message: `Name the ${subject}.` },
    ]);
  if (subject === "run") return (await visibleRun(actor, id)).id;
  const workflowId = readId("workflow", id);
  const named = workflowId === null ? null : await repository.findWorkflow(actor.organizationId, workflowId);
  return (named ?? (await existingWorkflow(actor, id))).id;
}

function describe(row: repository.HoldRow): LegalHoldItem {
  return {
    id: row.id,
    subject: heldSubjects.find((subject) => subject === row.subjectType) ?? "organization",
    subject_id: row.subjectId,
    reason: row.reason,
    placed_by: row.placedBy,
    placed_at: row.placedAt.toISOString(),
    lifted_at: row.liftedAt?.toISOString() ?? null,
  };
}
