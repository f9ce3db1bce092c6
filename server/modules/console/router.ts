import { z } from "zod";
import { longestCannedName, longestMessage, longestWord } from "@/core/contracts/console";
import { router, scoped } from "@/server/api/trpc";
import {
  addNote,
  answerCustomer,
  cannedAnswers,
  claimConversation,
  closeConversation,
  contactHistory,
  countConsole,
  listConsole,
  openInConsole,
  readThread,
  releaseConversation,
  removeCanned,
  reopenConversation,
  saveCanned,
  seeConversation,
} from "./service";

const one = z.strictObject({ id: z.string().max(64) });
/** Of lists that pages load one after the other: those send more than is read here. */
const paged = { cursor: z.string().max(512).nullish(), limit: z.number().int().min(1).max(100).default(50) };
const text = z.string().trim().min(1).max(longestMessage);
const word = z.string().trim().max(longestWord).default("");

const reads = scoped("conversations:read");
const writes = scoped("conversations:write");

export const consoleRouter = router({
  list: reads
    .input(
      z.object({
        view: z.enum(["open", "closed"]).default("open"),
        search: z.string().max(200).default(""),
        ...paged,
      }),
    )
    .query(({ ctx, input: { cursor, ...query } }) =>
      listConsole(ctx.actor, { ...query, offset: 0, cursor: cursor ?? undefined }),
    ),
  count: reads.query(async ({ ctx }) => ({ waiting: await countConsole(ctx.actor) })),
  get: reads.input(one).query(({ ctx, input }) => openInConsole(ctx.actor, input.id)),
  thread: reads
    .input(z.object({ id: one.shape.id, ...paged }))
    .query(({ ctx, input: { id, cursor, limit } }) =>
      readThread(ctx.actor, id, { limit, offset: 0, cursor: cursor ?? undefined }),
    ),
  contact: reads.input(one).query(({ ctx, input }) => contactHistory(ctx.actor, input.id)),
  seen: reads.input(one).mutation(({ ctx, input }) => seeConversation(ctx.actor, input.id)),
  claim: writes
    .input(one.extend({ from: z.uuid().nullable().default(null), word }))
    .mutation(({ ctx, input: { id, ...how } }) => claimConversation(ctx.actor, id, how)),
  release: writes
    .input(one.extend({ word }))
    .mutation(({ ctx, input }) => releaseConversation(ctx.actor, input.id, input.word)),
  close: writes.input(one).mutation(({ ctx, input }) => closeConversation(ctx.actor, input.id)),
  reopen: writes.input(one).mutation(({ ctx, input }) => reopenConversation(ctx.actor, input.id)),
  answer: writes
    .input(one.extend({ body: text }))
    .mutation(({ ctx, input }) => answerCustomer(ctx.actor, input.id, input.body)),
  note: writes.input(one.extend({ body: text })).mutation(({ ctx, input }) => addNote(ctx.actor, input.id, input.body)),
  canned: reads.query(({ ctx }) => cannedAnswers(ctx.actor)),
  saveCanned: writes
    .input(
      z.strictObject({
        id: z.string().max(64).nullable(),
        name: z.string().trim().min(1).max(longestCannedName),
        body: text,
      }),
    )
    .mutation(({ ctx, input }) => saveCanned(ctx.actor, input)),
  removeCanned: writes.input(one).mutation(({ ctx, input }) => removeCanned(ctx.actor, input.id)),
});
