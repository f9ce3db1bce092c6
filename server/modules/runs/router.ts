import { z } from "zod";
import { runStatuses, type RunStatus } from "@/core/contracts/run";
import { decodeCursor, encodeCursor } from "@/server/api/rest/paging";
import { router, scoped } from "@/server/api/trpc";
import { startWorkflow } from "@/server/modules/workflows/service";
import { restoreRun } from "./restore";
import { controlRun, getRun, listRunsFor } from "./service";
import { previewRestore } from "./snapshots";

const testFilters = { hidden: { test: false }, shown: {}, only: { test: true } } as const;
const runId = z.object({ id: z.string().max(64) });
const snapshotOfRun = runId.extend({ snapshotId: z.string().max(64) });

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
      const [createdAt, id] = input.cursor ? decodeCursor(input.cursor, 2) : [];
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
          ...(createdAt !== undefined && id !== undefined ? { after: { createdAt, id } } : {}),
        },
      );
      return { items: page.items, nextCursor: page.next ? encodeCursor([page.next.createdAt, page.next.id]) : null };
    }),
  get: scoped("runs:read")
    .input(runId)
    .query(({ ctx, input }) => getRun(ctx.actor, input.id)),
  start: scoped("runs:start")
    .input(z.object({ workflow: z.string().max(200), input: z.record(z.string(), z.json()) }))
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
  retry: scoped("runs:control")
    .input(runId)
    .mutation(({ ctx, input }) => controlRun(ctx.actor, input.id, "retry").then(statusOnly)),
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
