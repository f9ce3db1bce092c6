import { z } from "zod";
import { noticeEmails } from "@/core/contracts/notice";
import { digestSchema } from "@/core/schedule/digest";
import { router, scoped } from "@/server/api/trpc";
import { chooseDigest, chooseEmail, countOwnNotices, emailChoice, listOwnNotices, readNotices } from "./service";

export const noticesRouter = router({
  list: scoped("approvals:read")
    .input(z.object({ cursor: z.string().max(512).nullish(), limit: z.number().int().min(1).max(100).default(30) }))
    .query(({ ctx, input: { cursor, limit } }) =>
      listOwnNotices(ctx.actor, { limit, offset: 0, cursor: cursor ?? undefined }),
    ),
  count: scoped("approvals:read").query(async ({ ctx }) => ({ unread: await countOwnNotices(ctx.actor) })),
  /** What was told of one thing, a waitpoint or an absence by its notice; all of it where none is named. */
  read: scoped("approvals:read")
    .input(z.strictObject({ waitpointId: z.string().max(64).nullable() }))
    .mutation(async ({ ctx, input }) => ({ read: await readNotices(ctx.actor, input.waitpointId) })),
  emailChoice: scoped("approvals:read").query(({ ctx }) => emailChoice(ctx.actor)),
  chooseEmail: scoped("approvals:read")
    .input(z.strictObject({ email: z.enum(noticeEmails) }))
    .mutation(async ({ ctx, input }) => {
      await chooseEmail(ctx.actor, input.email);
      return input;
    }),
  /** One mail about all that waits, at a time of their own; null: none. */
  chooseDigest: scoped("approvals:read")
    .input(z.strictObject({ digest: digestSchema.nullable() }))
    .mutation(async ({ ctx, input: { digest } }) => ({
      digest,
      nextDigest: await chooseDigest(ctx.actor, digest),
    })),
});
