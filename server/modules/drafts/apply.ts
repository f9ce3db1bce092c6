import type { AppliedDraft } from "@/core/contracts/draft";
import { AppError } from "@/core/errors";
import { applyOperations } from "@/core/workflow/edit/apply-operations";
import type { Operation } from "@/core/workflow/edit/operation";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { withTransaction, type Transaction } from "@/server/db/transaction";
import { existingWorkflow, lockWithHead } from "@/server/modules/workflows/service";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { batchesBetween, readBatch } from "./batches";
import { documentOf } from "./draft-document";
import * as repository from "./repository";
import { saveBatch } from "./save-batch";

export interface BatchRequest {
  clientId: string;
  /** The same one is applied once, however often it is sent. */
  batchId: string;
  /** The revision that the browser's document had. */
  baseRevision: number;
  operations: Operation[];
}

/** Applies edits to the draft as it is now, whoever saved since; begins one from the newest version where there is none. */
export async function applyToDraft(actor: UserActor, slug: string, batch: BatchRequest): Promise<AppliedDraft> {
  requireScope(actor, "workflows:write");
  requireStorable(batch.operations);
  const { id } = await existingWorkflow(actor, slug);
  return withTransaction((tx) => apply(tx, actor, id, batch));
}

async function apply(
  tx: Transaction,
  actor: UserActor,
  workflowId: string,
  { clientId, batchId, baseRevision, operations }: BatchRequest,
): Promise<AppliedDraft> {
  const { head } = await lockWithHead(tx, actor.organizationId, workflowId);
  const known = await repository.findBatch(tx, workflowId, batchId);
  if (known)
    return {
      revision: known.revision,
      missed: await batchesBetween(workflowId, baseRevision, known.revision, tx),
      refused: readBatch(known).refused,
    };
  const draft = await repository.findDraft(actor.organizationId, workflowId, tx);
  const last = draft?.revision ?? (await repository.lastRevision(workflowId, tx));
  const missed = await batchesBetween(workflowId, baseRevision, last + 1, tx);
  const before = repository.partsOf(draft ?? head);
  const { document, refused } = applyOperations(documentOf(before), operations, stepDefinitions, triggerDefinitions);
  const notDone = new Set(refused.map(({ index }) => index));
  const applied = operations.filter((_, index) => !notDone.has(index));
  if (applied.length === 0) return { revision: last, missed, refused };
  const revision = await saveBatch(tx, actor, { workflowId, head, draft, last }, document, {
    clientId,
    batchId,
    applied,
    refused,
    source: before.source,
  });
  return { revision, missed, refused };
}

const halfCharacter = /\p{Surrogate}/u;

/** What the browser sends may hold values that JSON does not know; and PostgreSQL keeps neither zero nor half characters. */
function requireStorable(operations: readonly Operation[]): void {
  const open: unknown[] = [operations];
  while (open.length > 0) {
    const value = open.pop();
    const children = typeof value === "object" && value !== null ? Object.entries(value).flat() : [];
    if (!isStorable(value))
      throw new AppError(
        "validation_failed",
        "This edit holds a value that cannot be kept, such as a zero character or half of one. Remove it and try again.",
      );
    for (const child of children) open.push(child);
  }
}

function isStorable(value: unknown): boolean {
  if (typeof value === "string") return !halfCharacter.test(value) && !value.includes("\0");
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object") return typeof value === "boolean" || value === undefined;
  if (value === null || Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
