import { z } from "zod";
import { revisionNumber, versionNumber } from "@/core/contracts/version-number";
import { operationsSchema } from "@/core/workflow/edit/operation";
import { router, scoped } from "@/server/api/trpc";
import { triggerDefinitions } from "@/triggers/definitions";
import {
  applyToDraft,
  checkDraft,
  compareSides,
  decideReview,
  discardDraft,
  draftSince,
  leave,
  listReviews,
  openDraft,
  present,
  previewPublish,
  publishDraft,
  restoreVersion,
  setReviewRequired,
  withdrawReview,
} from "./service";

const slug = z.object({ slug: z.string().max(200) });
const clientId = z.string().min(1).max(100);
const side = z.union([versionNumber, z.literal("draft")]);
const review = z.object({ id: z.uuid() });

export const draftsRouter = router({
  open: scoped("workflows:read")
    .input(slug)
    .query(({ ctx, input }) => openDraft(ctx.actor, input.slug)),
  applyBatch: scoped("workflows:write")
    .input(
      slug.extend({
        clientId,
        batchId: z.uuid(),
        baseRevision: revisionNumber,
        operations: operationsSchema(triggerDefinitions),
      }),
    )
    .mutation(({ ctx, input: { slug: name, ...batch } }) => applyToDraft(ctx.actor, name, batch)),
  since: scoped("workflows:read")
    .input(slug.extend({ revision: revisionNumber }))
    .query(({ ctx, input }) => draftSince(ctx.actor, input.slug, input.revision)),
  discard: scoped("workflows:write")
    .input(slug)
    .mutation(({ ctx, input }) => discardDraft(ctx.actor, input.slug)),
  restore: scoped("workflows:write")
    .input(slug.extend({ version: versionNumber }))
    .mutation(({ ctx, input }) => restoreVersion(ctx.actor, input.slug, input.version)),
  present: scoped("workflows:read")
    .input(slug.extend({ clientId, nodeId: z.string().max(200).nullable() }))
    .mutation(({ ctx, input: { slug: name, ...tab } }) => present(ctx.actor, name, tab)),
  leave: scoped("workflows:read")
    .input(slug.extend({ clientId }))
    .mutation(({ ctx, input }) => leave(ctx.actor, input.slug, input.clientId)),
  check: scoped("workflows:read")
    .input(slug)
    .query(({ ctx, input }) => checkDraft(ctx.actor, input.slug)),
  preview: scoped("workflows:read")
    .input(slug)
    .query(({ ctx, input }) => previewPublish(ctx.actor, input.slug)),
  compare: scoped("workflows:read")
    .input(slug.extend({ from: side, to: side }))
    .query(({ ctx, input: { slug: name, ...sides } }) => compareSides(ctx.actor, name, sides)),
  publish: scoped("workflows:publish")
    .input(slug.extend({ revision: revisionNumber, note: z.string().trim().max(1000).default("") }))
    .mutation(({ ctx, input: { slug: name, ...request } }) => publishDraft(ctx.actor, name, request)),
  setReviewRequired: scoped("workflows:require_review")
    .input(slug.extend({ on: z.boolean() }))
    .mutation(({ ctx, input }) => setReviewRequired(ctx.actor, input.slug, input.on)),
  reviews: router({
    list: scoped("workflows:read")
      .input(z.object({ slug: z.string().max(200).optional() }).optional())
      .query(({ ctx, input }) => listReviews(ctx.actor, input?.slug)),
    decide: scoped("workflows:publish")
      .input(
        review.extend({ decision: z.enum(["approve", "reject"]), comment: z.string().trim().max(5000).optional() }),
      )
      .mutation(({ ctx, input: { id, ...decision } }) => decideReview(ctx.actor, id, decision)),
    withdraw: scoped("workflows:publish")
      .input(review)
      .mutation(({ ctx, input }) => withdrawReview(ctx.actor, input.id)),
  }),
});
