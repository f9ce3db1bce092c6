import type { PublishReviewItem } from "@/core/contracts/draft";
import { AppError } from "@/core/errors";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireScope, type Actor, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit, type Transaction } from "@/server/db/transaction";
import {
  announce,
  announceDraft,
  endDraft,
  existingWorkflow,
  forgetStartable,
  lockWithHead,
  publishParts,
  requirePublishable,
} from "@/server/modules/workflows/service";
import * as repository from "./repository";
import type { ReviewDecision, ReviewRow } from "./repository";
import { decidedWords, reviewItems } from "./review-items";

const mostPending = 100;
const mostDecided = 20;

/** Those that wait first, then the last decided ones; of one workflow or of all. */
export async function listReviews(actor: Actor, slug?: string): Promise<PublishReviewItem[]> {
  requireScope(actor, "workflows:read");
  const workflowId = slug === undefined ? undefined : (await existingWorkflow(actor, slug)).id;
  const of = workflowId === undefined ? {} : { workflowId };
  const [pending, decided] = await Promise.all([
    repository.listReviews(actor.organizationId, { ...of, pending: true, most: mostPending }),
    repository.listReviews(actor.organizationId, { ...of, pending: false, most: mostDecided }),
  ]);
  return reviewItems(actor, [...pending, ...decided]);
}

export interface DecideRequest {
  decision: "approve" | "reject";
  comment?: string | undefined;
}

/** A second person's word: approving publishes exactly what was frozen, whatever the draft has become since. */
export async function decideReview(
  actor: UserActor,
  id: string,
  { decision, comment }: DecideRequest,
): Promise<PublishReviewItem> {
  requireScope(actor, "workflows:publish");
  if (decision === "approve") requireRecentProof(actor);
  const review = await existingReview(actor, id);
  if (review.requestedById === actor.userId)
    throw new AppError("requester_cannot_approve", "You asked for this yourself, so somebody else must decide.");
  if (review.status !== "pending") throw alreadyDecided(review);
  if (decision === "approve") await requirePublishable(actor, review);
  await withTransaction(async (tx) => {
    const locked = await lockWithHead(tx, actor.organizationId, review.workflowId);
    await close(tx, actor, review, decision === "approve" ? "approved" : "rejected", comment);
    const subject = { type: "workflow", id: review.workflowId };
    const facts = { slug: locked.workflow.slug, reviewId: id, ...(comment === undefined ? {} : { comment }) };
    await announce(tx, actor.organizationId);
    if (decision === "reject") {
      await announceDraft(tx, actor.organizationId, review.workflowId);
      return writeAudit(tx, actor, "workflow.review_rejected", subject, facts);
    }
    const { head } = await publishParts(tx, actor, locked, repository.partsOf(review), {
      note: review.note,
      authorId: review.requestedById,
      reviewId: id,
    });
    await repository.setReviewVersion(tx, id, head.number);
    await settleDraft(tx, actor, review, head.number);
    await writeAudit(tx, actor, "workflow.review_approved", subject, { ...facts, version: head.number });
  });
  forgetStartable();
  return shown(actor, id);
}

/** Takes one's own question back. */
export async function withdrawReview(actor: UserActor, id: string): Promise<PublishReviewItem> {
  requireScope(actor, "workflows:publish");
  const review = await existingReview(actor, id);
  if (review.requestedById !== actor.userId)
    throw new AppError("forbidden", `Only ${review.requestedByName} can withdraw this. You can reject it instead.`);
  await withTransaction(async (tx) => {
    const { workflow } = await lockWithHead(tx, actor.organizationId, review.workflowId);
    await close(tx, actor, review, "withdrawn");
    await writeAudit(
      tx,
      actor,
      "workflow.review_withdrawn",
      { type: "workflow", id: review.workflowId },
      { slug: workflow.slug, reviewId: id },
    );
    await announce(tx, actor.organizationId);
    await announceDraft(tx, actor.organizationId, review.workflowId);
  });
  return shown(actor, id);
}

/** The draft ends when all of it is live now; one that was edited since goes on from the new version. */
async function settleDraft(tx: Transaction, actor: UserActor, review: ReviewRow, version: number): Promise<void> {
  const draft = await repository.findDraft(actor.organizationId, review.workflowId, tx);
  if (!draft) return;
  if (draft.revision === review.draftRevision) return endDraft(tx, actor, review.workflowId);
  // One that was begun after the review does not hold what the review brings.
  if (draft.createdAt > review.createdAt) return;
  await repository.updateDraft(tx, review.workflowId, { baseVersion: version });
}

/** Compare-and-set: of two people who decide at once the second learns who was first. */
async function close(
  tx: Transaction,
  actor: UserActor,
  review: ReviewRow,
  status: ReviewDecision["status"],
  comment?: string,
): Promise<void> {
  const isFirst = await repository.closeReview(tx, review.id, {
    status,
    decidedById: actor.userId,
    decidedByName: actor.name,
    ...(comment === undefined ? {} : { comment }),
    decidedAt: new Date(),
  });
  if (isFirst) return;
  throw alreadyDecided((await repository.findReview(actor.organizationId, review.id, tx)) ?? review);
}

async function existingReview(actor: Actor, id: string): Promise<ReviewRow> {
  const review = await repository.findReview(actor.organizationId, id);
  if (!review) throw new AppError("not_found", "There is no such review.");
  return review;
}

async function shown(actor: Actor, id: string): Promise<PublishReviewItem> {
  const [item] = await reviewItems(actor, [await existingReview(actor, id)]);
  if (!item) throw new Error(`review ${id} was decided but cannot be shown`);
  return item;
}

function alreadyDecided(review: ReviewRow): AppError {
  return new AppError("approval_already_decided", decidedWords(review), [], {
    decision: review.status,
    decided_by: review.decidedByName,
    decided_at: review.decidedAt?.toISOString() ?? null,
  });
}
