import { z } from "zod";
import { linkCodeLength } from "@/core/contracts/decision-link";
import { admittedObject } from "@/core/contracts/admitted-json";
import { linkProcedure, router, type TrpcContext } from "@/server/api/trpc";
import { hashToken } from "@/server/digest";
import { createRateLimiter } from "@/server/http/rate-limit";
import { decideByLink, lookAtLink, proveLink, sendLinkCode, undoByLink } from "./service";
import type { Visitor } from "./visitor";

const reads = createRateLimiter({ perSecond: 5, burst: 60 });
const writes = createRateLimiter({ perSecond: 1, burst: 20 });

const token = z.object({ token: z.string().min(32).max(200) });

/** The page behind the link in a mail about an approval. */
export const decisionLinksRouter = router({
  look: linkProcedure.input(token).query(({ ctx, input }) => {
    reads.take(hashToken(input.token));
    return lookAtLink(visitorOf(ctx, input.token));
  }),
  sendCode: linkProcedure.input(token).mutation(async ({ ctx, input }) => {
    writes.take(hashToken(input.token));
    await sendLinkCode(visitorOf(ctx, input.token));
  }),
  prove: linkProcedure
    .input(token.extend({ code: z.string().regex(new RegExp(`^\\d{${String(linkCodeLength)}}$`), "has six digits") }))
    .mutation(async ({ ctx, input }) => {
      writes.take(hashToken(input.token));
      const cookie = await proveLink(visitorOf(ctx, input.token), input.code);
      ctx.setCookie?.(cookie);
    }),
  decide: linkProcedure
    .input(
      token.extend({
        decision: z.enum(["approved", "rejected"]),
        nonce: z.string().max(100),
        comment: z.string().max(5000).optional(),
        messageToRequester: z.string().max(5000).optional(),
        edits: admittedObject.optional(),
      }),
    )
    .mutation(({ ctx, input: { token: link, decision, nonce, comment, messageToRequester, edits } }) => {
      writes.take(hashToken(link));
      return decideByLink(visitorOf(ctx, link), {
        decision,
        nonce,
        ...(comment ? { comment } : {}),
        ...(messageToRequester ? { messageToRequester } : {}),
        ...(edits ? { edits } : {}),
      });
    }),
  undo: linkProcedure.input(token).mutation(async ({ ctx, input }) => {
    writes.take(hashToken(input.token));
    await undoByLink(visitorOf(ctx, input.token));
  }),
});

function visitorOf({ actor, cookies, address }: TrpcContext, link: string): Visitor {
  return { token: link, cookies: cookies ?? null, signedIn: actor, address: address ?? null };
}
