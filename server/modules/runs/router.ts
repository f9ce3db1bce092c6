import { z } from "zod";
import { admittedObject } from "@/core/contracts/admitted-json";
import { runStatuses, type RunStatus } from "@/core/run-status";
import { linkProcedure, router, scoped } from "@/server/api/trpc";
import { hashToken } from "@/server/digest";
import { createRateLimiter } from "@/server/http/rate-limit";
import { startWorkflow } from "./start";
import { cutRun } from "./cut-values";
import { restoreRun } from "./restore";
import { controlRun } from "./control";
import { formAddress } from "./form-address";
import { readFormPage, submitFormPage } from "./form-page";
import { getRun, listRunsFor } from "./service";
import { previewRestore } from "./snapshots";
import { revealReason } from "@/core/contracts/run-rest";
import { revealStep } from "./reveal";
import { loopStepsOf, stepOf } from "./step-reads";

const testFilters = { hidden: { test: false }, shown: {}, only: { test: true } } as const;
const runId = z.object({ id: z.string().max(64) });
const snapshotOfRun = runId.extend({ snapshotId: z.string().max(64) });

const formToken = z.object({ token: z.string().min(16).max(2000) });

/** Of one form's page, by all who have its address. */
const pageReads = createRateLimiter({ perSecond: 20, burst: 200 });
const pageAnswers = createRateLimiter({ perSecond: 5, burst: 60 });

export const runsRouter = router({
  list: scoped("runs:read")
    .input(
      z.object({
        status: z.array(z.enum(runStatuses)).optional(),
        workflowId: z.uuid().optional(),
        q: z.string().max(200).optional(),
        /** Tests are out of sight unless they are asked for. */
        tests: z.enum(["hidden", "shown", "only"]).default("hidden"),
        cursor: z.string().max(512).nullish(),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .query(async ({ ctx, input }) => {
      const page = await listRunsFor(
        ctx.actor,
        {
          ...(input.status?.length ? { status: input.status } : {}),
          ...(input.workflowId ? { workflowId: input.workflowId } : {}),
          ...(input.q ? { q: input.q } : {}),
          ...testFilters[input.tests],
        },
        {
          limit: input.limit,
          offset: 0,
          cursor: input.cursor ?? undefined,
        },
      );
      return { items: page.items, nextCursor: page.nextCursor };
    }),
  get: scoped("runs:read")
    .input(runId)
    .query(async ({ ctx, input }) => cutRun(await getRun(ctx.actor, input.id))),
  /** What started the run and what it gave, whole. */
  values: scoped("runs:read")
    .input(runId)
    .query(async ({ ctx, input }) => {
      const { input: given, output } = await getRun(ctx.actor, input.id);
      return { input: given, output };
    }),
  loopSteps: scoped("runs:read")
    .input(runId.extend({ cursor: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional() }))
    .query(({ ctx, input }) => loopStepsOf(ctx.actor, input.id, { after: input.cursor ?? 0, limit: 100 })),
  /** One step with its values whole. */
  step: scoped("runs:read")
    .input(runId.extend({ stepId: z.string().max(64) }))
    .query(({ ctx, input }) => stepOf(ctx.actor, input.id, input.stepId)),
  start: scoped("runs:start")
    .input(z.object({ workflow: z.string().max(200), input: admittedObject }))
    .mutation(async ({ ctx, input }) => {
      const { id } = await startWorkflow(ctx.actor, {
        workflow: input.workflow,
        input: input.input,
        triggerType: "manual",
      });
      return { id };
    }),
  pause: scoped("runs:control")
    .input(runId)
    .mutation(({ ctx, input }) => controlRun(ctx.actor, input.id, "pause").then(statusOnly)),
  resume: scoped("runs:control")
    .input(runId)
    .mutation(({ ctx, input }) => controlRun(ctx.actor, input.id, "resume").then(statusOnly)),
  cancel: scoped("runs:control")
    .input(runId.extend({ reason: z.string().max(1000).optional() }))
    .mutation(({ ctx, input }) =>
      controlRun(ctx.actor, input.id, "cancel", input.reason ? { reason: input.reason } : {}).then(statusOnly),
    ),
  /** What a step hides, for whoever says why; on record. */
  reveal: scoped("runs:reveal")
    .input(runId.extend({ stepId: z.string().max(64), reason: revealReason }))
    .mutation(({ ctx, input: { id, ...asked } }) => revealStep(ctx.actor, id, asked)),
  retry: scoped("runs:control")
    .input(runId)
    .mutation(({ ctx, input }) => controlRun(ctx.actor, input.id, "retry").then(statusOnly)),
  /** What the page of a form shows; whoever has its address is shown it. */
  formPage: linkProcedure.input(formToken.extend({ submissionId: z.uuid().optional() })).query(({ input }) => {
    pageReads.take(hashToken(input.token));
    return readFormPage(input.token, input.submissionId);
  }),
  submitFormPage: linkProcedure
    .input(formToken.extend({ values: admittedObject, submissionId: z.uuid() }))
    .mutation(({ ctx, input: { token, ...submission } }) => {
      pageAnswers.take(hashToken(token));
      const { actor: visitor, address } = ctx;
      return submitFormPage(token, submission, { visitor, ...(address === undefined ? {} : { address }) });
    }),
  formAddress: scoped("forms:submit")
    .meta({ givesAddresses: true })
    .input(z.object({ waitpointId: z.uuid() }))
    .mutation(({ ctx, input }) => formAddress(ctx.actor, input.waitpointId)),
  previewRestore: scoped("runs:control")
    .input(snapshotOfRun)
    .query(({ ctx, input }) => previewRestore(ctx.actor, input.id, input.snapshotId)),
  restore: scoped("runs:control")
    .input(snapshotOfRun)
    .mutation(async ({ ctx, input }) => {
      const { id } = await restoreRun(ctx.actor, input.id, { snapshotId: input.snapshotId });
      return { id };
    }),
});

function statusOnly({ status }: { status: RunStatus }): { status: RunStatus } {
  return { status };
}
