import type { JsonObject } from "@/core/json";
import type { OrganizationId, UserActor } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

/**
 * The draft's saved batches are numbered without an end: a number is never used again, also not by the next draft, so that a
 * tab that was away never takes batches of another draft for the ones it missed. Where the document became another one at a
 * stroke stands one row without operations; who comes across it opens the draft again.
 */
const documentReplaced: JsonObject = { replaced: true };

/** A new version became the head. Without a draft that is what open builders show from now on; a draft stays. */
export async function followHead(tx: Transaction, actor: UserActor, workflowId: string): Promise<void> {
  const drafts = await tx.workflowDraft.count({ where: { workflowId, organizationId: actor.organizationId } });
  if (drafts === 0) await restartDraftLog(tx, actor, workflowId);
  else await announceDraft(tx, actor.organizationId, workflowId);
}

/** The draft is over: open builders go on with the newest version. Only inside a transaction that holds the workflow. */
export async function endDraft(tx: Transaction, actor: UserActor, workflowId: string): Promise<void> {
  await tx.workflowDraft.deleteMany({ where: { workflowId, organizationId: actor.organizationId } });
  await restartDraftLog(tx, actor, workflowId);
}

/** Tells open builders of the workflow that there is something to read; other pages show nothing of a draft. */
export async function announceDraft(
  tx: Transaction,
  organizationId: OrganizationId,
  workflowId: string,
): Promise<void> {
  const payload = JSON.stringify({ organizationId, kinds: [`draft:${workflowId}`] });
  await tx.$queryRaw`select pg_notify('hp_live', ${payload})::text`;
}

async function restartDraftLog(tx: Transaction, actor: UserActor, workflowId: string): Promise<void> {
  const { _max } = await tx.draftBatch.aggregate({ where: { workflowId }, _max: { revision: true } });
  await tx.draftBatch.deleteMany({ where: { workflowId } });
  await tx.draftBatch.create({
    data: {
      workflowId,
      revision: (_max.revision ?? 0) + 1,
      batchId: crypto.randomUUID(),
      clientId: "",
      userId: actor.userId,
      userName: actor.name,
      operations: documentReplaced,
    },
    select: { revision: true },
  });
  await announceDraft(tx, actor.organizationId, workflowId);
}
