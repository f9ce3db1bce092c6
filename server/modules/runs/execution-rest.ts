import { z } from "zod";
import { executionObjectSchema, startedExecutionSchema, startExecutionSchema } from "@/core/contracts/workflow-rest";
import { runStatuses } from "@/core/run-status";
import { showId } from "@/core/ids";
import { pageQuery } from "@/server/api/rest/paging";
import { listOf } from "@/server/api/rest/query";
import { defineRoute, type Route } from "@/server/api/rest/route";
import { existingWorkflow } from "@/server/modules/workflows/service";
import { callbackSecretFor, requireProofForCallback } from "./callback-secret";
import { listRunsFor } from "./service";
import { startWorkflow } from "./start";

const path = "/api/workflows/{idOrSlug}/executions";
const params = z.object({ idOrSlug: z.string() });

export const routes: Route[] = [
  defineRoute({
    method: "POST",
    path,
    family: "definitions",
    scope: "runs:start",
    summary: "Start a run of the published version, or of an earlier one.",
    params,
    body: startExecutionSchema,
    status: 202,
    idempotent: true,
    secretAnswer: true,
    response: z.object({ data: z.object({ execution: startedExecutionSchema }) }),
    async handler({ actor, params: { idOrSlug }, body, idempotencyKey }) {
      requireProofForCallback(actor, body.callbackUrl);
      const run = await startWorkflow(actor, {
        workflow: idOrSlug,
        input: body.input,
        triggerType: "api",
        ...(body.callbackUrl === undefined ? {} : { callbackUrl: body.callbackUrl }),
        ...(body.version === undefined ? {} : { version: body.version }),
        ...(idempotencyKey === null ? {} : { startKey: `api:${idempotencyKey}` }),
      });
      const { callback_secret: secret } = callbackSecretFor(actor.organizationId, {
        id: run.id,
        callbackUrl: body.callbackUrl ?? null,
      });
      const execution = { id: showId("run", run.id), status: run.status, version: run.version };
      return {
        body: { data: { execution: { ...execution, ...(secret === undefined ? {} : { callbackSecret: secret }) } } },
      };
    },
  }),
  defineRoute({
    method: "GET",
    path,
    family: "definitions",
    scope: "runs:read",
    summary: "The runs of a workflow, newest first: your own, or all with runs:read:all.",
    params,
    query: z.object({ status: listOf(z.enum(runStatuses)).optional(), ...pageQuery }),
    response: z.object({
      data: z.object({ executions: z.array(executionObjectSchema), nextCursor: z.string().nullable() }),
    }),
    async handler({ actor, params: { idOrSlug }, query }) {
      const workflow = await existingWorkflow(actor, idOrSlug);
      const page = await listRunsFor(
        actor,
        { workflowId: workflow.id, ...(query.status ? { status: query.status } : {}) },
        {
          limit: query.limit,
          offset: query.offset,
          cursor: query.cursor,
        },
      );
      const executions = page.items.map(
        ({ id: runId, status, version, triggerType, failureReason, createdAt: at, startedAt, endedAt }) => ({
          id: showId("run", runId),
          status,
          version,
          triggerType,
          failureReason,
          createdAt: at,
          startedAt,
          endedAt,
        }),
      );
      return {
        body: {
          data: { executions, nextCursor: page.nextCursor },
        },
      };
    },
  }),
];
