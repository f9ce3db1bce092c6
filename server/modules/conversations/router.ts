import { z } from "zod";
import { hashToken } from "@/server/digest";
import { admittedObject } from "@/core/contracts/admitted-json";
import { createRateLimiter } from "@/server/http/rate-limit";
import { withdrawReasonSchema } from "@/core/contracts/request";
import { linkProcedure, publicProcedure, router, type TrpcContext } from "@/server/api/trpc";
import type { Actor } from "@/server/db/tenant";
import {
  conversationNews,
  nudgeRequest,
  readConversation,
  sendFromCustomer,
  submitCustomerForm,
  withdrawRequest,
} from "./service";

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
  /** Reminds those who are asked by one of the customer's requests. */
  nudge: linkProcedure.input(token.extend({ runId: z.uuid() })).mutation(async ({ ctx, input }) => {
    writes.take(hashToken(input.token));
    await nudgeRequest(input.token, input.runId, byOf(ctx));
  }),
  /** The customer does not want it any more. */
  withdraw: linkProcedure
    .input(token.extend({ runId: z.uuid(), reason: withdrawReasonSchema }))
    .mutation(async ({ ctx, input }) => {
      writes.take(hashToken(input.token));
      await withdrawRequest(input.token, input, byOf(ctx));
    }),
  submitForm: linkProcedure
    .input(token.extend({ waitpointId: z.uuid(), values: admittedObject }))
    .mutation(({ ctx, input }) => {
      writes.take(hashToken(input.token));
      return submitCustomerForm(input.token, { waitpointId: input.waitpointId, values: input.values }, byOf(ctx));
    }),
});

/** Who is signed in to Holdpoint in the customer's browser, and where it is. */
function byOf({ actor, address }: TrpcContext): { visitor: Actor | null; address?: string } {
  return { visitor: actor, ...(address === undefined ? {} : { address }) };
}
