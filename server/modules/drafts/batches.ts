import type { SavedBatch } from "@/core/contracts/draft";
import type { Json, JsonObject } from "@/core/json";
import { asObject } from "@/core/json";
import type { AppliedBatch, Operation } from "@/core/workflow/edit/operation";
import type { Transaction } from "@/server/db/transaction";
import * as repository from "./repository";
import type { BatchRow } from "./repository";

/** Whoever missed more opens the draft again. */
const mostMissed = 200;

/** What was saved after one revision and before another, oldest first; null when it is too much or no longer known. */
export async function batchesBetween(
  workflowId: string,
  after: number,
  before: number,
  tx?: Transaction,
): Promise<SavedBatch[] | null> {
  const expected = before - after - 1;
  if (expected === 0) return [];
  if (expected < 0 || expected > mostMissed) return null;
  const rows = await repository.listBatches(workflowId, { after, before, most: mostMissed }, tx);
  if (rows.length !== expected || rows.some(isReplacement)) return null;
  return rows.map((row) => ({
    revision: row.revision,
    batchId: row.batchId,
    clientId: row.clientId,
    by: row.userName,
    at: row.createdAt.toISOString(),
    operations: readBatch(row).applied,
  }));
}

/** A batch as its column keeps it: what was done, and what was refused for an answer that has to be given again. */
export function batchColumn(applied: readonly Operation[], refused: AppliedBatch["refused"]): JsonObject {
  // Operations were parsed from JSON; their types only leave fields open.
  return {
    applied: [...applied] as unknown as Json[],
    refused: refused.map(({ index, reason }) => ({ index, reason })),
  };
}

export function readBatch(row: BatchRow): { applied: Operation[]; refused: AppliedBatch["refused"] } {
  // Written by `batchColumn` only.
  return row.operations as unknown as { applied: Operation[]; refused: AppliedBatch["refused"] };
}

/** The document became another one at a stroke: see workflows/draft-log. */
function isReplacement(row: BatchRow): boolean {
  return asObject(row.operations as Json)["replaced"] === true;
}
