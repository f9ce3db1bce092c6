import { z } from "zod";
import {
  pinSchema,
  rehearseSchema,
  saveSampleSchema,
  startTestSchema,
  testQuestionSchema,
} from "@/core/contracts/test-run";
import { router, scoped } from "@/server/api/trpc";
import { deleteSample, pin, rehearse, saveSample, startTest, testBench, testQuestion, unpin } from "./service";

const workflow = z.object({ slug: z.string().max(200) });

export const testingRouter = router({
  bench: scoped("workflows:read")
    .input(workflow)
    .query(({ ctx, input }) => testBench(ctx.actor, input.slug)),
  saveSample: scoped("workflows:write")
    .input(saveSampleSchema)
    .mutation(({ ctx, input }) => saveSample(ctx.actor, input)),
  deleteSample: scoped("workflows:write")
    .input(workflow.extend({ id: z.string().max(64) }))
    .mutation(({ ctx, input }) => deleteSample(ctx.actor, input.slug, input.id)),
  pin: scoped("workflows:write")
    .input(pinSchema)
    .mutation(({ ctx, input }) => pin(ctx.actor, input)),
  unpin: scoped("workflows:write")
    .input(workflow.extend({ nodeId: z.string().max(200) }))
    .mutation(({ ctx, input }) => unpin(ctx.actor, input.slug, input.nodeId)),
  start: scoped("workflows:write")
    .input(startTestSchema)
    .mutation(({ ctx, input }) => startTest(ctx.actor, input)),
  question: scoped("workflows:write")
    .input(testQuestionSchema)
    .query(({ ctx, input }) => testQuestion(ctx.actor, input)),
  rehearse: scoped("workflows:write")
    .input(rehearseSchema)
    .mutation(({ ctx, input }) => rehearse(ctx.actor, input)),
});
