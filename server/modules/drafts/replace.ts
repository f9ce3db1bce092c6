import type { DraftState } from "@/core/contracts/draft";
import { AppError } from "@/core/errors";
import { applyOperations } from "@/core/workflow/edit/apply-operations";
import type { Operation } from "@/core/workflow/edit/operation";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { announce, endDraft, existingWorkflow, findVersion, lockWithHead } from "@/server/modules/workflows/service";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { documentOf } from "./draft-document";
import { openDraft } from "./open";
import * as repository from "./repository";
import { saveBatch } from "./save-batch";

/** Throws the draft away: the builder shows the newest version again. */
export async function discardDraft(actor: UserActor, slug: string): Promise<DraftState> {
  requireScope(actor, "workflows:write");
  const { organizationId } = actor;
  const { id } = await existingWorkflow(actor, slug);
  await withTransaction(async (tx) => {
    const { workflow } = await lockWithHead(tx, organizationId, id);
    const draft = await repository.findDraft(organizationId, id, tx);
    if (!draft) return;
    await endDraft(tx, actor, id);
    await writeAudit(
      tx,
      actor,
      "workflow.draft_discarded",
      { type: "workflow", id },
      { slug: workflow.slug, baseVersion: draft.baseVersion, revision: draft.revision },
    );
    await announce(tx, organizationId);
  });
  return openDraft(actor, id);
}

/** Makes the draft a copy of a version, in one step that open builders follow. */
export async function restoreVersion(actor: UserActor, slug: string, number: number): Promise<DraftState> {
  requireScope(actor, "workflows:write");
  const { organizationId } = actor;
  const { id } = await existingWorkflow(actor, slug);
  await withTransaction(async (tx) => {
    const { workflow, head } = await lockWithHead(tx, organizationId, id);
    const version = await findVersion(organizationId, id, number, tx);
    if (!version) throw new AppError("not_found", `"${workflow.slug}" has no version ${String(number)}.`);
    const draft = await repository.findDraft(organizationId, id, tx);
    const last = draft?.revision ?? (await repository.lastRevision(id, tx));
    const parts = repository.partsOf(version);
    const operation: Operation = { op: "replace_document", document: documentOf(parts) };
    const before = documentOf(repository.partsOf(draft ?? head));
    const { document, refused } = applyOperations(before, [operation], stepDefinitions, triggerDefinitions);
    const [problem] = refused;
    if (problem)
      throw new AppError("validation_failed", `Version ${String(number)} cannot be edited here: ${problem.reason}`);
    await saveBatch(tx, actor, { workflowId: id, head, draft, last }, document, {
      clientId: "",
      batchId: crypto.randomUUID(),
      applied: [operation],
      refused: [],
      source: parts.source,
    });
    await writeAudit(
      tx,
      actor,
      "workflow.draft_restored",
      { type: "workflow", id },
      { slug: workflow.slug, version: number },
    );
  });
  return openDraft(actor, id);
}
