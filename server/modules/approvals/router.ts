import { z } from "zod";
import { questionText } from "@/core/contracts/approval-rest";
import { severalOf, shownApprovalSchema } from "@/core/contracts/decisions";
import { admittedObject } from "@/core/contracts/admitted-json";
import { router, scoped } from "@/server/api/trpc";
import {
  answerQuestion,
  askBack,
  decideApproval,
  decideMany,
  delegateApproval,
  listDelegates,
  listUndecidable,
  previewMany,
  reassignApproval,
  takeBackDelegation,
  undoDecision,
  undoMany,
} from "./service";

const severalIds = severalOf(z.string().max(64), (id) => id);

export const approvalsRouter = router({
  /** What nobody can decide, for those who can do something about it. */
  undecidable: scoped("approvals:read").query(async ({ ctx }) => ({ items: await listUndecidable(ctx.actor) })),
  reassign: scoped("approvals:reassign")
    .input(
      z.object({
        id: z.string(),
        assignTo: z.array(z.string().min(1).max(320)).min(1).max(20),
        reason: z.string().max(1000).optional(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { assignTo } = await reassignApproval(ctx.actor, input.id, {
        assignTo: input.assignTo,
        ...(input.reason ? { reason: input.reason } : {}),
      });
      return { assignTo };
    }),
  /** Whom it can be given to. */
  delegates: scoped("approvals:decide")
    .input(z.object({ id: z.string().max(64) }))
    .query(async ({ ctx, input }) => ({ items: await listDelegates(ctx.actor, input.id) })),
  delegate: scoped("approvals:decide")
    .input(
      z.object({
        id: z.string().max(64),
        to: z.string().min(1).max(320),
        reason: z.string().trim().max(1000).optional(),
      }),
    )
    .mutation(async ({ ctx, input: { id, to, reason } }) => {
      const item = await delegateApproval(ctx.actor, id, { to, ...(reason === undefined ? {} : { reason }) });
      return { to: item.delegatedTo };
    }),
  takeBackDelegation: scoped("approvals:decide")
    .input(z.object({ id: z.string().max(64) }))
    .mutation(async ({ ctx, input }) => {
      await takeBackDelegation(ctx.actor, input.id);
    }),
  /** Asks the requester something before deciding. */
  ask: scoped("approvals:decide")
    .input(z.object({ id: z.string().max(64), question: questionText }))
    .mutation(async ({ ctx, input }) => {
      const { questions } = await askBack(ctx.actor, input.id, input.question);
      return { to: questions.at(-1)?.to ?? null };
    }),
  answer: scoped("runs:start")
    .input(z.object({ id: z.string().max(64), answer: questionText }))
    .mutation(async ({ ctx, input }) => {
      await answerQuestion(ctx.actor, input.id, input.answer);
    }),
  decide: scoped("approvals:decide")
    .input(
      z.object({
        id: z.string(),
        decision: z.enum(["approved", "rejected"]),
        comment: z.string().max(5000).optional(),
        messageToRequester: z.string().max(5000).optional(),
        edits: admittedObject.optional(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { id, decision, comment, messageToRequester, edits } = input;
      const item = await decideApproval(ctx.actor, id, {
        decision,
        via: "ui",
        ...(comment ? { comment } : {}),
        ...(messageToRequester ? { messageToRequester } : {}),
        ...(edits ? { edits } : {}),
      });
      return { status: item.status, next: item.next, undoUntil: item.undoUntil };
    }),
  /** What a person must know of each before deciding them together. */
  preview: scoped("approvals:decide")
    .input(z.object({ ids: severalIds }))
    .query(async ({ ctx, input }) => ({ items: await previewMany(ctx.actor, input.ids) })),
  decideMany: scoped("approvals:decide")
    .input(
      z.object({
        approvals: severalOf(shownApprovalSchema, ({ id }) => id),
        decision: z.enum(["approved", "rejected"]),
        comment: z.string().max(5000).optional(),
        messageToRequester: z.string().max(5000).optional(),
      }),
    )
    .mutation(async ({ ctx, input: { approvals, decision, comment, messageToRequester } }) => ({
      results: await decideMany(ctx.actor, approvals, {
        decision,
        via: "ui",
        ...(comment ? { comment } : {}),
        ...(messageToRequester ? { messageToRequester } : {}),
      }),
    })),
  /** Takes those back that do not count yet. */
  undoMany: scoped("approvals:decide")
    .input(z.object({ ids: severalIds }))
    .mutation(async ({ ctx, input }) => ({ kept: await undoMany(ctx.actor, input.ids) })),
  /** Takes a decision back that does not count yet. */
  undo: scoped("approvals:decide")
    .input(z.object({ id: z.string().max(64) }))
    .mutation(({ ctx, input }) => undoDecision(ctx.actor, input.id)),
});
