import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import type { AppliedBatch, EditableDocument, Operation } from "@/core/workflow/edit/operation";
import { sameJson } from "@/core/json-guard";
import { keepsSecret } from "@/core/workflow/trigger-lookup";
import { sizeProblems } from "@/core/workflow/rules/size";
import type { UserActor } from "@/server/db/tenant";
import { writeAudit, type Transaction } from "@/server/db/transaction";
import { announce, announceDraft, prepareWebhooks, type VersionRow } from "@/server/modules/workflows/service";
import { triggerDefinitions } from "@/triggers/definitions";
import { batchColumn } from "./batches";
import { documentOf, partsFrom } from "./draft-document";
import * as repository from "./repository";
import type { DraftRow } from "./repository";

/** Older batches are forgotten; whoever was away for longer opens the draft again. */
const keptBatches = 500;
/** Of triggers and configuration together; the spec has its own limits. */
const maxSettingsBytes = 1024 * 1024;

/** The draft as this transaction found it, holding the workflow. */
interface Found {
  workflowId: string;
  head: VersionRow;
  draft: DraftRow | null;
  last: number;
}

interface Batch {
  clientId: string;
  batchId: string;
  applied: readonly Operation[];
  refused: AppliedBatch["refused"];
  /** Spelling that the document was imported in. */
  source: JsonObject;
}

/** Writes what a batch made of the draft, as its next revision; begins the draft when it is the first. */
export async function saveBatch(
  tx: Transaction,
  actor: UserActor,
  { workflowId, head, draft, last }: Found,
  document: EditableDocument,
  { clientId, batchId, applied, refused, source }: Batch,
): Promise<number> {
  const { organizationId, userId } = actor;
  requireSize(document);
  requireNoSecret(document);
  const revision = last + 1;
  const fields = { ...partsFrom(document, source), revision, updatedById: userId };
  if (draft) await repository.updateDraft(tx, workflowId, fields);
  else {
    const baseVersion = head.number;
    await repository.insertDraft(tx, { ...fields, organizationId, workflowId, baseVersion, createdById: userId });
    await writeAudit(tx, actor, "workflow.draft_started", { type: "workflow", id: workflowId }, { baseVersion });
    // Lists show which workflows have a draft.
    await announce(tx, organizationId);
  }
  await repository.insertBatch(tx, {
    workflowId,
    revision,
    batchId,
    clientId,
    userId,
    userName: actor.name,
    operations: batchColumn(applied, refused),
  });
  await repository.deleteBatchesUntil(tx, workflowId, revision - keptBatches);
  if (!sameJson(documentOf(repository.partsOf(draft ?? head)).triggers, document.triggers))
    await prepareWebhooks(tx, organizationId, workflowId, document.triggers);
  await announceDraft(tx, organizationId, workflowId);
  return revision;
}

function requireSize({ spec, triggers, config }: EditableDocument): void {
  const [problem] = sizeProblems(spec);
  const settingsBytes = new TextEncoder().encode(JSON.stringify([triggers, config])).length;
  const message =
    problem?.message ??
    (settingsBytes > maxSettingsBytes ? "Triggers and configuration are larger than 1 MB. Make them smaller." : null);
  if (message === null) return;
  throw new AppError("payload_too_large", `${message} This edit was not saved.`, [
    { code: "too_large", severity: "error", path: problem?.path ?? "config", message },
  ]);
}

/** Secrets are sealed beside the workflow; a document is shown to everybody who may look. */
function requireNoSecret({ triggers }: EditableDocument): void {
  const index = triggers.findIndex(
    (trigger) => keepsSecret(trigger, triggerDefinitions) && trigger["secret"] !== undefined,
  );
  if (index < 0) return;
  const message = "A webhook's secret never stands in the document. Set it in the Triggers tab.";
  throw new AppError("validation_failed", message, [
    { code: "secret_in_document", severity: "error", path: `triggers[${String(index)}].secret`, message },
  ]);
}
