import { z } from "zod";
import { admittedObject } from "@/core/contracts/admitted-json";
import { runStatuses } from "@/core/run-status";
import { runObjectSchema, startedRunObjectSchema } from "@/core/contracts/run-rest";
import type { RunAction } from "@/core/engine/transitions";
import type { JsonObject } from "@/core/json";
import { pageQuery } from "@/server/api/rest/paging";
import { defineRoute, type Route } from "@/server/api/rest/route";
import { callbackSecretFor, requireProofForCallback } from "./callback-secret";
import { routes as executionRoutes } from "./execution-rest";
import { historyRoutes } from "./history-rest";
import { runFilter, runFilterQuery } from "./run-filter";
import { routes as waitpointRoutes } from "./waitpoint-rest";
import { controlRun } from "./control";
import { createdRun } from "./created-run";
import { listRunsFor } from "./service";
import { startWorkflow } from "./start";
import { stepRoutes } from "./step-rest";
import { valueRoutes } from "./value-rest";
import { runObject, template } from "./wire";

const idParams = z.object({ id: z.string() });

const listItemSchema = z.object({
  id: z.string(),
  status: z.enum(runStatuses),
  template: z.object({ id: z.string(), name: z.string(), version: z.number().int() }),
  trigger_type: z.string(),
  failure_reason: z.string().nullable(),
  requested_by: z.string().nullable(),
  test: z.boolean(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
});

const startBodySchema = z.strictObject({
  template_id: z.string().max(200),
  input: admittedObject.default({}),
  callback_url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional()
    .describe(
      "Called once at the run's end, whether it completed, failed or was cancelled; signed with callback_secret.",
    ),
});

function runRoutes(noun: "workflows" | "runs"): Route[] {
  const base = `/api/v1/${noun}`;
  return [
    defineRoute({
      method: "POST",
      path: base,
      family: "runs",
      scope: "runs:start",
      status: 201,
      idempotent: true,
      secretAnswer: true,
      summary: "Start a run of a published workflow; template_id is its id or slug.",
      body: startBodySchema,
      response: startedRunObjectSchema,
      async handler({ actor, body, idempotencyKey }) {
        requireProofForCallback(actor, body.callback_url);
        const started = await startWorkflow(actor, {
          workflow: body.template_id,
          input: body.input,
          triggerType: "api",
          ...(body.callback_url === undefined ? {} : { callbackUrl: body.callback_url, callbackField: "callback_url" }),
          ...(idempotencyKey === null ? {} : { startKey: `api:${idempotencyKey}` }),
        });
        const run = await createdRun(actor, started);
        return { body: { ...runObject(run), ...callbackSecretFor(actor.organizationId, run) } };
      },
    }),
    defineRoute({
      method: "GET",
      path: base,
      family: "runs",
      scope: "runs:read",
      summary: "List runs, newest first: your own, or all of the organization's with runs:read:all.",
      query: z.object({ ...runFilterQuery, ...pageQuery }),
      response: z.object({ workflows: z.array(listItemSchema), next_cursor: z.string().nullable() }),
      async handler({ actor, query }) {
        const page = await listRunsFor(actor, await runFilter(actor, query), {
          limit: query.limit,
          offset: query.offset,
          cursor: query.cursor,
        });
        const workflows = page.items.map((run) => ({
          id: run.id,
          status: run.status,
          template: template(run),
          trigger_type: run.triggerType,
          failure_reason: run.failureReason,
          requested_by: run.requestedBy,
          test: run.test,
          created_at: run.createdAt,
          started_at: run.startedAt,
          ended_at: run.endedAt,
        }));
        return {
          body: { workflows, next_cursor: page.nextCursor },
        };
      },
    }),
    ...(["pause", "resume", "cancel", "retry"] as const).map((verb) => controlRoute(base, verb)),
    ...stepRoutes(base),
    ...valueRoutes(base),
    ...historyRoutes(base),
  ];
}

interface ControlBody {
  reason?: string | undefined;
  from_step?: string | undefined;
  patch?: JsonObject | undefined;
  version?: number | undefined;
}

const controlBodies: Readonly<Record<RunAction, z.ZodType<ControlBody>>> = {
  pause: z.strictObject({}),
  resume: z.strictObject({}),
  cancel: z.strictObject({ reason: z.string().max(1000).optional() }),
  retry: z.strictObject({
    reason: z.string().max(1000).optional().describe("Why; kept in the history and the audit log."),
    from_step: z.string().max(64).optional().describe("The step to begin again at; default the failed one."),
    patch: admittedObject
      .optional()
      .describe(
        'Corrected fields of the input, by their names: { "email": … }. From now on they stand in input.* and in trigger.*; receivers see new idempotency keys.',
      ),
    version: z
      .int()
      .min(1)
      .optional()
      .describe(
        "The version that is live, to go on with instead of the run's own; what is done stays done. 409 where that is not possible.",
      ),
  }),
};

const controlSummaries: Readonly<Record<RunAction, string>> = {
  pause: "Pause a run before its next step.",
  resume: "Resume a paused run from what is recorded.",
  cancel: "Cancel a run; open approvals and waits close.",
  retry:
    "Retry a failed or cancelled run from the failed step, or from from_step; approvals stay given unless the patch touches what they hold to.",
};

function controlRoute(base: string, verb: RunAction): Route {
  return defineRoute({
    method: "POST",
    path: `${base}/{id}/${verb}`,
    family: "runs",
    scope: "runs:control",
    summary: controlSummaries[verb],
    params: idParams,
    body: controlBodies[verb],
    response: runObjectSchema,
    async handler({ actor, params, body }) {
      const run = await controlRun(actor, params.id, verb, {
        ...(body.reason === undefined ? {} : { reason: body.reason }),
        ...(body.from_step === undefined ? {} : { fromStep: body.from_step }),
        ...(body.patch === undefined ? {} : { patch: body.patch }),
        ...(body.version === undefined ? {} : { version: body.version }),
      });
      return { body: runObject(run) };
    },
  });
}

/** The run family lives at `/api/v1/workflows` (source A's word) and at `/api/v1/runs`. */
export const routes: Route[] = [
  ...(["workflows", "runs"] as const).flatMap(runRoutes),
  ...executionRoutes,
  ...waitpointRoutes,
];
