import type { PublishOutcome } from "@/core/contracts/draft";
import { AppError } from "@/core/errors";
import { newId } from "@/core/ids";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit, type Transaction } from "@/server/db/transaction";
import {
  announce,
  announceDraft,
  endDraft,
  existingWorkflow,
  forgetReviewedName,
  forgetStartable,
  lockWithHead,
  publishParts,
  requirePublishable,
  updateWorkflow,
  type VersionParts,
  type WorkflowRow,
} from "@/server/modules/workflows/service";
import { draftSource } from "./open";
import * as repository from "./repository";

export interface PublishRequest {
  /** What the person looked at. */
  revision: number;
  note: string;
}

/** Makes the draft the live version, or asks a second person to. Open runs stay on their version. */
export async function publishDraft(
  actor: UserActor,
  slug: string,
  { revision, note }: PublishRequest,
): Promise<PublishOutcome> {
  requireScope(actor, "workflows:publish");
  requireRecentProof(actor);
  const { organizationId } = actor;
  const source = await draftSource(actor, slug);
  const { id } = source.workflow;
  requireRevision(source.revision, revision);
  await requirePublishable(actor, source.parts);
  const outcome = await withTransaction(async (tx): Promise<PublishOutcome> => {
    const locked = await lockWithHead(tx, organizationId, id);
    const draft = await repository.findDraft(organizationId, id, tx);
    // A revision is never used again: with the same one, these are the parts that were checked.
    requireRevision(draft?.revision ?? (await repository.lastRevision(id, tx)), revision);
    const isLive =
      !draft && locked.workflow.status === "active" && locked.workflow.publishedVersion === locked.head.number;
    if (locked.workflow.reviewRequired && !isLive) {
      const baseVersion = draft?.baseVersion ?? locked.head.number;
      return askForReview(tx, actor, locked.workflow, source.parts, { revision, baseVersion, note });
    }
    const { head } = await publishParts(tx, actor, locked, source.parts, { note, authorId: actor.userId });
    if (draft) {
      await endDraft(tx, actor, id);
      await announce(tx, organizationId);
    }
    return { published: head.number };
  });
  forgetStartable();
  return outcome;
}

/**
 * Whether publishing waits for a second person. Acts at once, and is no part of a version. Never switched off by somebody whose
 * own change waits for that person.
 */
export async function setReviewRequired(
  actor: UserActor,
  slug: string,
  on: boolean,
): Promise<{ reviewRequired: boolean }> {
  requireScope(actor, "workflows:require_review");
  requireRecentProof(actor);
  const { organizationId } = actor;
  const { id } = await existingWorkflow(actor, slug);
  await withTransaction(async (tx) => {
    const { workflow } = await lockWithHead(tx, organizationId, id);
    if (workflow.reviewRequired === on) return;
    if (!on && (await repository.hasOwnReview(tx, id, actor.userId)))
      throw new AppError(
        "conflict",
        "Your own change waits for a second person. Withdraw it first, or ask another administrator to switch this off.",
      );
    await updateWorkflow(tx, id, { reviewRequired: on });
    if (!on) await forgetReviewedName(tx, { organizationId, slug: workflow.slug });
    await writeAudit(
      tx,
      actor,
      on ? "workflow.review_switched_on" : "workflow.review_switched_off",
      { type: "workflow", id },
      { slug: workflow.slug },
    );
    await announce(tx, organizationId);
    await announceDraft(tx, organizationId, id);
  });
  forgetStartable();
  return { reviewRequired: on };
}

/** Freezes the draft as it is. What the same person asked for before is taken back: they want this now. */
async function askForReview(
  tx: Transaction,
  actor: UserActor,
  workflow: WorkflowRow,
  parts: VersionParts,
  { revision, baseVersion, note }: PublishRequest & { baseVersion: number },
): Promise<PublishOutcome> {
  const { organizationId, userId, name } = actor;
  await repository.withdrawEarlier(tx, workflow.id, userId, {
    status: "withdrawn",
    decidedById: userId,
    decidedByName: name,
    decidedAt: new Date(),
  });
  const id = newId();
  await repository.insertReview(tx, {
    ...parts,
    id,
    organizationId,
    workflowId: workflow.id,
    draftRevision: revision,
    baseVersion,
    note,
    requestedById: userId,
    requestedByName: name,
  });
  await writeAudit(
    tx,
    actor,
    "workflow.review_requested",
    { type: "workflow", id: workflow.id },
    { slug: workflow.slug, reviewId: id, ...(note === "" ? {} : { note }) },
  );
  await announce(tx, organizationId);
  await announceDraft(tx, organizationId, workflow.id);
  return { reviewId: id };
}

function requireRevision(current: number, seen: number): void {
  if (current === seen) return;
  throw new AppError(
    "conflict",
    "Somebody edited this workflow while you looked at it. Look at the changes again, then publish.",
    [],
    { revision: current },
  );
}
