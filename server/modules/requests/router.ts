import { z } from "zod";
import { withdrawReasonSchema } from "@/core/contracts/request";
import { linkProcedure, publicProcedure, router, scoped } from "@/server/api/trpc";
import { hashToken } from "@/server/digest";
import { createRateLimiter } from "@/server/http/rate-limit";
import {
  getMine,
  listMine,
  nudgeMine,
  nudgeTracked,
  readTracking,
  trackingNews,
  withdrawMine,
  withdrawTracked,
} from "./service";

/** Of one request, by all who have its link. */
const reads = createRateLimiter({ perSecond: 10, burst: 60 });
const writes = createRateLimiter({ perSecond: 1, burst: 20 });

const token = z.object({ token: z.string().min(20).max(200) });
const one = z.object({ runId: z.string().max(64) });

export const requestsRouter = router({
  mine: scoped("runs:read")
    .input(
      z.object({
        search: z.string().max(200).default(""),
        cursor: z.string().max(512).nullish(),
        limit: z.number().int().min(1).max(100).default(30),
      }),
    )
    .query(({ ctx, input: { search, cursor, limit } }) =>
      listMine(ctx.actor, search, { limit, offset: 0, cursor: cursor ?? undefined }),
    ),
  get: scoped("runs:read")
    .input(one)
    .query(({ ctx, input }) => getMine(ctx.actor, input.runId)),
  nudge: scoped("runs:start")
    .input(one)
    .mutation(({ ctx, input }) => nudgeMine(ctx.actor, input.runId)),
  withdraw: scoped("runs:start")
    .input(one.extend({ reason: withdrawReasonSchema }))
    .mutation(({ ctx, input }) => withdrawMine(ctx.actor, input)),
  /** What the page of a request shows; whoever has its address is shown it. */
  tracked: linkProcedure.input(token).query(({ input }) => {
    reads.take(hashToken(input.token));
    return readTracking(input.token);
  }),
  /** Says that there is something new about it. A browser can only listen with GET, so the key opens nothing else. */
  news: publicProcedure.input(z.object({ newsKey: z.string().max(200) })).subscription(({ input, signal }) => {
    reads.take(hashToken(input.newsKey));
    return trackingNews(input.newsKey, signal);
  }),
  nudgeTracked: linkProcedure.input(token).mutation(async ({ input }) => {
    writes.take(hashToken(input.token));
    await nudgeTracked(input.token);
  }),
  withdrawTracked: linkProcedure
    .input(token.extend({ reason: withdrawReasonSchema }))
    .mutation(async ({ ctx, input }) => {
      writes.take(hashToken(input.token));
      await withdrawTracked(input.token, { reason: input.reason, from: ctx.address });
    }),
});
