import { AppError } from "@/core/errors";
import { isUuid } from "@/core/ids";
import { requireScope, type Actor, type UserActor } from "@/server/db/tenant";
import { stepDefinition } from "@/steps/definitions";
import { findSnapshot, listSnapshots, triedAfter, type SnapshotRow } from "./history-store";
import { keptRows } from "./kept-rows";
import { durableTypes } from "./snapshot-rule";
import { visibleRun } from "./visible-run";

/**
 * A run's snapshots after a position: one after every durable step, of all generations. Nothing is stored for them: each
 * is a position in the journal, which is append-only.
 */
export async function snapshotsOf(
  actor: Actor,
  idText: string,
  page: { after: number; limit: number },
): Promise<SnapshotRow[]> {
  requireScope(actor, "runs:read");
  const run = await visibleRun(actor, idText);
  // Those from before it went on with another version belong to the old one.
  return listSnapshots(run.id, { ...page, after: Math.max(page.after, Number(run.movedSeq ?? 0)) });
}

export async function existingSnapshot(
  run: { id: string; version: number; movedSeq: bigint | null },
  snapshotId: string,
): Promise<SnapshotRow> {
  const snapshot = isUuid(snapshotId) ? await findSnapshot(run.id, snapshotId) : null;
  if (snapshot && run.movedSeq !== null && snapshot.position <= Number(run.movedSeq))
    throw new AppError(
      "conflict",
      `“${snapshot.name}” was done before the run went on with version ${String(run.version)}, so nothing can go on from there. Take a later step, or start a new run.`,
    );
  if (!snapshot)
    throw new AppError(
      "not_found",
      "This run has no such snapshot. A snapshot is there after every call and every wait that is over; list them, and take one of those.",
    );
  return snapshot;
}

/** What going on from a snapshot means, before somebody does it. */
export interface RestorePreview {
  /** The last step that is kept. */
  name: string;
  /** How many steps the new run begins with. */
  kept: number;
  /** Calls and waits that the old run made after it: they are made again. */
  again: { name: string; asks: boolean }[];
}

export async function previewRestore(actor: UserActor, idText: string, snapshotId: string): Promise<RestorePreview> {
  requireScope(actor, "runs:control");
  const run = await visibleRun(actor, idText);
  const { name, position } = await existingSnapshot(run, snapshotId);
  const [{ kept, dropped }, tried] = await Promise.all([keptRows(run, position), triedAfter(run.id, position)]);
  const again = [...dropped.filter(({ type }) => durableTypes().includes(type)), ...tried];
  return {
    name,
    kept: kept.length,
    again: again.map((step) => ({ name: step.name, asks: stepDefinition(step.type)?.decides !== undefined })),
  };
}
