import { deleteOldKeys } from "@/server/api/rest/idempotency/store";
import { deleteLoose } from "@/server/modules/files/service";
import { deleteOldCalls } from "@/server/modules/webhooks/service";
import { deleteEndedRuns, deleteFrozenDrafts, deleteOutsidePeople, workflowsWithRetention } from "./retention-store";

const dayMs = 86_400_000;
const callsKeptDays = 7;
/** Small transactions: nobody waits for a row that is being deleted. */
const batch = 200;
/** Of one workflow, or of the calls, in one go; the rest goes an hour later. */
const maxBatches = 500;

export interface Deleted {
  runs: number;
  calls: number;
  /** Frozen drafts of tests. */
  drafts: number;
  /** Idempotency keys. */
  keys: number;
  /** Addresses of people outside. */
  outside: number;
  /** Files that were added to a form and never sent. */
  files: number;
}

/** Deletes ended runs that are older than their workflow keeps them, calls of triggers after a week, idempotency keys and files that nobody sent after a day, drafts that only deleted tests ran, and addresses of people outside of whom no run knows any more. */
export async function deleteExpired(now = Date.now()): Promise<Deleted> {
  let runs = 0;
  for (const kept of await workflowsWithRetention())
    runs += await inBatches(() => deleteEndedRuns(kept, new Date(now - kept.days * dayMs), batch));
  const calls = await inBatches(() => deleteOldCalls(new Date(now - callsKeptDays * dayMs), batch));
  const drafts = await inBatches(() => deleteFrozenDrafts(new Date(now - dayMs), batch));
  const keys = await inBatches(() => deleteOldKeys(new Date(now - dayMs), batch));
  const outside = await inBatches(() => deleteOutsidePeople(new Date(now - dayMs), batch));
  const files = await inBatches(() => deleteLoose(new Date(now - dayMs), batch));
  return { runs, calls, drafts, keys, outside, files };
}

async function inBatches(deleteBatch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let round = 0; round < maxBatches; round += 1) {
    const deleted = await deleteBatch();
    total += deleted;
    if (deleted < batch) break;
  }
  return total;
}
