import { z } from "zod";
import { hashToken } from "@/server/digest";
import { admittedObject } from "@/core/contracts/admitted-json";
import { createRateLimiter } from "@/server/http/rate-limit";
import { linkProcedure, publicProcedure, router } from "@/server/api/trpc";
import { conversationNews, readConversation, sendFromCustomer, submitCustomerForm } from "./service";

/** The open page asks when there is news; several tabs and phones may be open. */
const reads = createRateLimiter({ perSecond: 10, burst: 60 });
const writes = createRateLimiter({ perSecond: 1, burst: 20 });

const token = z.object({ token: z.string().min(16).max(200) });

export const conversationsRouter = router({
  byToken: linkProcedure.input(token).query(({ input }) => {
    reads.take(hashToken(input.token));
    return readConversation(input.token);
  }),
  /** Says that there is something new in this conversation. A browser can only listen with GET, so the key opens nothing else. */
  news: publicProcedure.input(z.object({ newsKey: z.string().max(200) })).subscription(({ input, signal }) => {
    reads.take(hashToken(input.newsKey));
    return conversationNews(input.newsKey, signal);
  }),
  send: linkProcedure
    .input(token.extend({ body: z.string().trim().min(1).max(4000), quickReply: z.string().max(100).optional() }))
    .mutation(({ ctx, input: { token: link, body, quickReply } }) => {
      writes.take(hashToken(link));
      return sendFromCustomer(link, { body, ...(quickReply === undefined ? {} : { quickReply }) }, ctx.actor);
    }),
  submitForm: linkProcedure
    .input(token.extend({ waitpointId: z.uuid(), values: admittedObject }))
    .mutation(({ ctx, input }) => {
      writes.take(hashToken(input.token));
      return submitCustomerForm(
        input.token,
        { waitpointId: input.waitpointId, values: input.values },
        { visitor: ctx.actor, ...(ctx.address === undefined ? {} : { address: ctx.address }) },
      );
    }),
});
