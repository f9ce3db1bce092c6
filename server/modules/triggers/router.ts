import { z } from "zod";
import { hashToken } from "@/server/digest";
import { timeSchema } from "@/core/contracts/time";
import { admittedJson, admittedObject } from "@/core/contracts/admitted-json";
import { sendEventSchema } from "@/core/contracts/event";
import { setSecretSchema } from "@/core/contracts/trigger-rest";
import { createRateLimiter } from "@/server/http/rate-limit";
import { linkProcedure, router, scoped } from "@/server/api/trpc";
import {
  decideWebhookSecret,
  listRequests,
  operationalSettings,
  readIntake,
  recentEvents,
  redriveCall,
  rotateAddress,
  sendTestCall,
  sendTestEvent,
  setOperational,
  setWebhookSecret,
  startRequest,
  submitIntake,
  triggersState,
  webhookCalls,
} from "./service";

/** Of one form, by all who have its link. */
const reads = createRateLimiter({ perSecond: 20, burst: 200 });
const submissions = createRateLimiter({ perSecond: 5, burst: 60 });

const slug = z.object({ slug: z.string().max(200) });
const trigger = slug.extend({ triggerId: z.string().min(1).max(100) });
const limit = z.int().min(1).max(100).default(20);
const token = z.object({ token: z.string().min(16).max(200) });
const submission = { values: admittedObject, submissionId: z.uuid() };
const maxRetentionDays = 3650;

export const triggersRouter = router({
  state: scoped("workflows:read")
    .input(slug)
    .query(({ ctx, input }) => triggersState(ctx.actor, input.slug)),
  calls: scoped("webhooks:read")
    .input(trigger.extend({ limit }))
    .query(async ({ ctx, input }) => ({
      items: await webhookCalls(ctx.actor, input.slug, input.triggerId, input.limit),
    })),
  setSecret: scoped("workflows:publish")
    .input(trigger.extend(setSecretSchema.shape))
    .mutation(({ ctx, input }) => setWebhookSecret(ctx.actor, input.slug, input.triggerId, input.secret)),
  decideSecret: scoped("workflows:publish")
    .input(trigger.extend({ askedAt: timeSchema, decision: z.enum(["approve", "reject"]) }))
    .mutation(({ ctx, input: { slug: workflow, triggerId, ...decided } }) =>
      decideWebhookSecret(ctx.actor, workflow, triggerId, decided),
    ),
  rotateUrl: scoped("workflows:write")
    .input(trigger)
    .mutation(({ ctx, input }) => rotateAddress(ctx.actor, input.slug, input.triggerId)),
  sendTest: scoped("workflows:write")
    .input(trigger.extend({ body: admittedJson }))
    .mutation(({ ctx, input }) => sendTestCall(ctx.actor, input.slug, input.triggerId, input.body)),
  redrive: scoped("workflows:write")
    .input(slug.extend({ callId: z.string().max(100) }))
    .mutation(({ ctx, input }) => redriveCall(ctx.actor, input.slug, input.callId)),
  recentEvents: scoped("webhooks:read")
    .input(slug.extend({ event: z.string().min(1).max(200), limit }))
    .query(async ({ ctx, input }) => ({ items: await recentEvents(ctx.actor, input.slug, input.event, input.limit) })),
  sendTestEvent: scoped("events:write")
    .input(sendEventSchema.pick({ name: true, data: true }))
    .mutation(({ ctx, input }) => sendTestEvent(ctx.actor, input)),
  operational: scoped("workflows:read")
    .input(slug)
    .query(({ ctx, input }) => operationalSettings(ctx.actor, input.slug)),
  setOperational: scoped("workflows:write")
    .input(
      slug.extend({
        enabled: z.boolean().optional(),
        whileDraft: z.enum(["serve_published", "block"]).optional(),
        retentionDays: z.int().min(1).max(maxRetentionDays).nullable().optional(),
      }),
    )
    .mutation(({ ctx, input: { slug: workflow, enabled, whileDraft, retentionDays } }) =>
      setOperational(ctx.actor, workflow, {
        ...(enabled === undefined ? {} : { enabled }),
        ...(whileDraft === undefined ? {} : { whileDraft }),
        ...(retentionDays === undefined ? {} : { retentionDays }),
      }),
    ),
  requests: scoped("runs:start").query(async ({ ctx }) => ({ items: await listRequests(ctx.actor) })),
  startRequest: scoped("runs:start")
    .input(slug.extend(submission))
    .mutation(({ ctx, input }) => startRequest(ctx.actor, input.slug, input)),
  intake: linkProcedure.input(token).query(({ input }) => {
    reads.take(hashToken(input.token));
    return readIntake(input.token);
  }),
  submitIntake: linkProcedure.input(token.extend(submission)).mutation(({ ctx, input }) => {
    submissions.take(hashToken(input.token));
    return submitIntake(input.token, input, ctx.actor, ctx.address);
  }),
});
