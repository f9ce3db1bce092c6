import { z } from "zod";
import { admittedObject } from "@/core/contracts/admitted-json";
import { inboxFilterSchema, inboxSorts, mostLookedAfter } from "@/core/contracts/inbox";
import { router, scoped } from "@/server/api/trpc";
import { reply } from "@/server/modules/conversations/service";
import {
  fixAndGoOn,
  goOnWithNewest,
  leaveAsItIs,
  skipStep,
  tryAgain,
  tryAllAgain,
} from "@/server/modules/repairs/service";
import { resolveHandoff, submitForm } from "@/server/modules/runs/service";
import { countInbox, getInboxItem, inboxGroups, listInbox, lookAt, lookAway, lookersOf } from "./service";

const asked = { search: z.string().max(200).default(""), filter: inboxFilterSchema.optional() };
const clientId = z.string().min(1).max(64);
const ask = z.object({ id: z.string().max(64) });
const said = ask.extend({ reason: z.string().trim().min(1).max(1000) });

export const inboxRouter = router({
  list: scoped("approvals:read")
    .input(
      z.object({
        view: z.enum(["pending", "decided"]),
        sort: z.enum(inboxSorts).default("due"),
        ...asked,
        cursor: z.string().max(512).nullish(),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .query(({ ctx, input: { cursor, ...query } }) =>
      listInbox(ctx.actor, { ...query, offset: 0, cursor: cursor ?? undefined }),
    ),
  /** By workflow, and what the list can be narrowed to. */
  groups: scoped("approvals:read")
    .input(z.object(asked))
    .query(({ ctx, input }) => inboxGroups(ctx.actor, input)),
  count: scoped("approvals:read").query(async ({ ctx }) => ({ pending: await countInbox(ctx.actor) })),
  get: scoped("approvals:read")
    .input(z.object({ id: z.string().max(64) }))
    .query(({ ctx, input }) => getInboxItem(ctx.actor, input.id)),
  submitForm: scoped("forms:submit")
    .input(ask.extend({ values: admittedObject }))
    .mutation(async ({ ctx, input }) => {
      await submitForm(ctx.actor.organizationId, {
        waitpointId: input.id,
        values: input.values,
        actor: ctx.actor,
        via: "ui",
      });
    }),
  /** Gives a conversation back to its run, or says what came of a call. */
  resolveHandoff: scoped("handoffs:resolve")
    .input(ask.extend({ resolution: z.string().max(1000).optional(), note: z.string().max(5000).optional() }))
    .mutation(async ({ ctx, input: { id, resolution, note } }) => {
      await resolveHandoff(ctx.actor, id, {
        ...(resolution === undefined ? {} : { resolution }),
        ...(note === undefined ? {} : { note }),
      });
    }),
  /** What can be done about a failed run. */
  tryAgain: scoped("runs:control")
    .input(ask)
    .mutation(async ({ ctx, input }) => {
      await tryAgain(ctx.actor, input.id);
    }),
  tryAllAgain: scoped("runs:control")
    .input(ask.extend({ version: z.int().min(1).optional() }))
    .mutation(({ ctx, input }) => tryAllAgain(ctx.actor, input.id, input.version)),
  fixAndGoOn: scoped("runs:control")
    .input(ask.extend({ values: admittedObject }))
    .mutation(async ({ ctx, input }) => {
      await fixAndGoOn(ctx.actor, input.id, input.values);
    }),
  goOnWithNewest: scoped("runs:control")
    .input(ask.extend({ version: z.int().min(1) }))
    .mutation(async ({ ctx, input }) => {
      await goOnWithNewest(ctx.actor, input.id, input.version);
    }),
  skipStep: scoped("runs:control")
    .input(said)
    .mutation(async ({ ctx, input }) => {
      await skipStep(ctx.actor, input.id, input.reason);
    }),
  leaveAsItIs: scoped("runs:control")
    .input(said)
    .mutation(async ({ ctx, input }) => {
      await leaveAsItIs(ctx.actor, input.id, input.reason);
    }),
  /** What a tab has open, for the others who look at it. */
  lookAt: scoped("approvals:read")
    .input(z.object({ clientId, id: z.string().max(64).nullable() }))
    .mutation(({ ctx, input }) => lookAt(ctx.actor, input.clientId, input.id)),
  lookAway: scoped("approvals:read")
    .input(z.object({ clientId }))
    .mutation(({ ctx, input }) => lookAway(ctx.actor, input.clientId)),
  lookers: scoped("approvals:read")
    .input(z.object({ ids: z.array(z.string().max(64)).max(mostLookedAfter).default([]) }))
    .query(async ({ ctx, input }) => ({ items: await lookersOf(ctx.actor, input.ids) })),
  /** A colleague writes to the customer whose conversation was handed over. */
  reply: scoped("conversations:write")
    .input(z.object({ conversationId: z.string().max(64), body: z.string().trim().min(1).max(4000) }))
    .mutation(async ({ ctx, input }) => {
      await reply(ctx.actor, input.conversationId, input.body);
    }),
});
