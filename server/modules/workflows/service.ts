import { AppError } from "@/core/errors";
import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import type { Issue } from "@/core/workflow/document";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireScope, type Actor, type OrganizationId, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit, type Transaction } from "@/server/db/transaction";
import { isUniqueViolation } from "@/server/db/unique";
import { prepareWebhooks } from "./active-triggers";
import { checkWorkflow, checkWritten } from "./check";
import { changeDocument, noName, checkedParts, readDocument, readVersion, versionParts } from "./document";
import { followHead } from "./draft-log";
import { keepReviewedName, wasReviewed } from "./reviewed-names";
import { requirePublished } from "./lifecycle";
import { existingWithHead, existingWorkflow, lockWithHead, type WorkflowWithHead } from "./load";
import { requireRightToChangeLive } from "./policy";
import * as repository from "./repository";
import { forgetStartable } from "./start-facts";
import { chooseSlug, checkSlug } from "./slug";
import { withoutSecrets } from "./trigger-secrets";

export { findLiveTrigger, webhookTarget, type WebhookTarget } from "./webhook-target";
export type { WebhookAddress } from "./store";
export { archiveWorkflow, setEnabled } from "./lifecycle";
export { existingWorkflow, type WorkflowWithHead } from "./load";
export { requireRightToChangeLive } from "./policy";
export { prepareWebhooks } from "./active-triggers";
export { openAddress, replaceAddress, triggerFacts, triggerKey, type TriggerFacts } from "./trigger-address";
export { askSecret, dropAskedSecret, findSecretRow, replaceSecret, takeAskedSecret } from "./secret-row";
export {
  liveVersion,
  requireCorrectable,
  requireOutOfTrash,
  restoreTarget,
  startTarget,
  type StartTarget,
} from "./start-target";
export { blocksPublishing, checkWorkflow } from "./check";
export { readVersion, storedDocument } from "./document";
export { withoutSecrets } from "./trigger-secrets";
export { chooseSlug } from "./slug";
export { publishParts, publishWorkflow, requirePublishable, retireWorkflow, rollbackWorkflow } from "./publish";
export type { VersionParts } from "./publish";
export { announceDraft, endDraft } from "./draft-log";
export { existingWithHead, lockWithHead } from "./load";
export { announce, countOpenRuns, findVersion, updateWorkflow } from "./repository";
export type { TriggerRow as SecretRow, VersionRow, WorkflowRow } from "./repository";
export { forgetStartable, type StartFacts } from "./start-facts";
export { countRuns, sumUpRuns } from "./store";
export { forgetReviewedName, keepReviewedName, wasReviewed } from "./reviewed-names";

export interface SavedWorkflow extends WorkflowWithHead {
  issues: Issue[];
}

/**
 * Saves a draft, with errors or without. Refused is only what has no canonical form. `alongside` writes what belongs to the
 * new workflow in the same transaction.
 */
export async function createWorkflow(
  actor: UserActor,
  raw: JsonObject,
  alongside?: (tx: Transaction, id: string) => Promise<void>,
): Promise<SavedWorkflow> {
  requireScope(actor, "workflows:write");
  const { organizationId } = actor;
  const { document, secrets } = await readDocument(organizationId, raw);
  const name = document.name?.trim() || document.slug;
  if (!name) throw noName();
  const id = newId();
  const parts = versionParts(document);
  const saved = await withTransaction(async (tx) => {
    const row = {
      id,
      organizationId,
      name,
      description: document.description ?? "",
      status: "draft",
      enabled: document.enabled ?? true,
      headVersion: 1,
      ownerId: actor.userId,
      // The builder's edits live in a draft of their own; who works over REST means every change.
      // A copy that anybody could publish alone would be a way around the review.
      reviewRequired: document.reviewRequired ?? false,
      whileDraft: document.whileDraft ?? (actor.via === "ui" ? "serve_published" : "block"),
    };
    let slug = await chooseSlug(organizationId, document.slug, name, tx);
    // Thrown away and made anew under its name, what callers reach there is still under review.
    const isReviewed = async (): Promise<boolean> =>
      row.reviewRequired || (await wasReviewed(tx, { organizationId, slug }));
    while (!(await repository.insertWorkflow(tx, { ...row, slug, reviewRequired: await isReviewed() }))) {
      if (document.slug !== undefined) throw slugTaken(slug);
      // Somebody made one of that name since it was looked for.
      slug = await chooseSlug(organizationId, undefined, name, tx);
    }
    await repository.insertVersion(tx, {
      id: newId(),
      organizationId,
      workflowId: id,
      number: 1,
      ...parts,
      note: "Initial version",
      createdById: actor.userId,
    });
    await prepareWebhooks(tx, organizationId, id, readVersion(parts).triggers, secrets);
    await alongside?.(tx, id);
    await writeAudit(tx, actor, "workflow.created", { type: "workflow", id }, { slug, version: 1 });
    await repository.announce(tx, organizationId);
    return lockWithHead(tx, organizationId, id);
  });
  forgetStartable();
  return { ...saved, issues: await checkWorkflow(actor, checkedParts(saved.head)) };
}

export async function getWorkflow(actor: Actor, idOrSlug: string): Promise<WorkflowWithHead> {
  requireScope(actor, "workflows:read");
  return existingWithHead(actor, idOrSlug);
}

const versionedFields = ["spec", "triggers", "triggerType", "triggerSpec"];
const operationalFields: readonly string[] = ["enabled", "whileDraft", "serveWhileDraft"];

/**
 * Changes what is given. Spec, triggers and config make a new version, and the workflow a draft again that starts nothing
 * until it is published, unless it goes on serving the published version meanwhile. Open runs stay on their version.
 */
export async function changeWorkflow(
  actor: UserActor,
  idOrSlug: string,
  changes: JsonObject,
  unchanged?: (current: WorkflowWithHead) => void,
): Promise<SavedWorkflow> {
  requireScope(actor, "workflows:write");
  const { organizationId } = actor;
  const { id } = await existingWorkflow(actor, idOrSlug);
  // Read before the workflow is locked: nobody waits for a long document with a connection in hand.
  const seen = await existingWithHead(actor, id);
  const ahead = await changeDocument(organizationId, seen, changes);
  const saved = await withTransaction(async (tx) => {
    const { workflow, head } = await lockWithHead(tx, organizationId, id);
    unchanged?.({ workflow, head });
    const isAsSeen = head.id === seen.head.id && workflow.updatedAt.getTime() === seen.workflow.updatedAt.getTime();
    const document = isAsSeen ? ahead : await changeDocument(organizationId, { workflow, head }, changes);
    const config = changes["config"];
    const isVersioned =
      versionedFields.some((field) => changes[field] !== undefined) ||
      (typeof config === "object" &&
        config !== null &&
        Object.keys(config).some((key) => !operationalFields.includes(key)));
    const enabled = document.enabled ?? workflow.enabled;
    const whileDraft = document.whileDraft ?? workflow.whileDraft;
    if (enabled !== workflow.enabled || whileDraft !== workflow.whileDraft) requireScope(actor, "workflows:publish");
    if ((enabled && !workflow.enabled) || whileDraft !== workflow.whileDraft) requireRecentProof(actor);
    const newSlug = document.slug ?? workflow.slug;
    const staysLive = workflow.status === "active" && whileDraft === "serve_published";
    // Callers name it by its slug, and a draft that blocks takes what is live out of service.
    if (newSlug !== workflow.slug || (isVersioned && !staysLive)) requireRightToChangeLive(actor, workflow);
    if (enabled !== workflow.enabled) requirePublished(workflow);
    const reviewRequired = newSlug === workflow.slug ? undefined : await renamed(tx, organizationId, workflow, newSlug);
    const number = workflow.headVersion + (isVersioned ? 1 : 0);
    const fields = {
      slug: newSlug,
      name: document.name?.trim() || workflow.name,
      description: document.description ?? workflow.description,
      enabled,
      whileDraft,
      ...(reviewRequired === undefined ? {} : { reviewRequired }),
      ...(isVersioned ? { headVersion: number, status: staysLive ? "active" : "draft" } : {}),
    };
    const after = await repository.updateWorkflow(tx, id, fields).catch((error: unknown) => {
      throw isUniqueViolation(error) ? slugTaken(newSlug) : error;
    });
    const parts = versionParts(document);
    if (isVersioned)
      await repository.insertVersion(tx, {
        id: newId(),
        organizationId,
        workflowId: id,
        number,
        ...parts,
        note: "",
        createdById: actor.userId,
      });
    if (isVersioned) await followHead(tx, actor, id);
    await prepareWebhooks(tx, organizationId, id, readVersion(parts).triggers);
    await writeAudit(
      tx,
      actor,
      "workflow.updated",
      { type: "workflow", id },
      {
        slug: after.slug,
        version: number,
        changed: Object.keys(changes),
        ...(enabled === workflow.enabled ? {} : { enabled }),
      },
    );
    await repository.announce(tx, organizationId);
    return lockWithHead(tx, organizationId, id);
  });
  forgetStartable();
  return { ...saved, issues: await checkWorkflow(actor, checkedParts(saved.head)) };
}

/** What is wrong with a document, without saving it; a workflow, when named, gives what the document leaves out. */
export async function validateDocument(actor: Actor, raw: JsonObject, idOrSlug?: string): Promise<Issue[]> {
  requireScope(actor, "workflows:read");
  const stored = idOrSlug === undefined ? null : await getWorkflow(actor, idOrSlug);
  const { organizationId } = actor;
  if (!stored) return checkWritten(actor, withoutSecrets(raw));
  return checkWorkflow(actor, await changeDocument(organizationId, stored, raw));
}

/** Leaves the name before under review where it was, and gives whether the new one is: callers know a workflow by nothing else. */
async function renamed(
  tx: Transaction,
  organizationId: OrganizationId,
  workflow: repository.WorkflowRow,
  slug: string,
): Promise<boolean> {
  checkSlug(slug);
  if (await repository.isSlugTaken(organizationId, slug, tx)) throw slugTaken(slug);
  if (workflow.reviewRequired) await keepReviewedName(tx, { organizationId, slug: workflow.slug });
  return workflow.reviewRequired || wasReviewed(tx, { organizationId, slug });
}

function slugTaken(slug: string): AppError {
  return new AppError("slug_taken", `There is a workflow "${slug}" already. Choose another slug, or change that one.`);
}
