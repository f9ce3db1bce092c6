import { createHash } from "node:crypto";
import { z } from "zod";
import { AppError } from "@/core/errors";
import { readId } from "@/core/ids";
import { anyQuery } from "@/server/api/rest/query";
import { definePublicRoute, defineRoute } from "@/server/api/rest/route";
import { callbackActor } from "@/server/auth/link-gate";
import { requireScope } from "@/server/db/tenant";
import { assigneeRefsOf } from "@/server/modules/directory/service";
import { existingWaitpoint, readForm, submitForm } from "./forms";
import { findWaitpointByToken } from "./repository";
import { resolveOrRefuse } from "./waitpoints";

const formIdParams = z.object({ id: z.string() });

const getForm = defineRoute({
  method: "GET",
  path: "/api/v1/forms/{id}",
  family: "runs",
  scope: "runs:read",
  summary: "Get an open form: its schema and the values so far.",
  params: formIdParams,
  response: z.object({
    id: z.string(),
    run_id: z.string(),
    node_id: z.string(),
    status: z.string(),
    title: z.string(),
    schema: z.json(),
    values: z.json(),
    due_at: z.string().nullable(),
  }),
  async handler({ actor, params }) {
    const { waitpoint: row, form: request } = await readForm(actor.organizationId, params.id);
    return {
      body: {
        id: row.id,
        run_id: row.runId,
        node_id: row.nodeId,
        status: row.status,
        title: request.title,
        schema: request.schema,
        values: request.values,
        due_at: row.dueAt?.toISOString() ?? null,
      },
    };
  },
});

const submitFormRoute = defineRoute({
  method: "POST",
  path: "/api/v1/forms/{id}/submit",
  family: "runs",
  scope: "forms:submit",
  summary: "Submit a form; the run goes on with the values.",
  params: formIdParams,
  body: z.strictObject({ values: z.record(z.string(), z.json()) }),
  response: z.object({ id: z.string(), run_id: z.string(), status: z.literal("submitted") }),
  async handler({ actor, params, body }) {
    const { runId } = await submitForm(actor.organizationId, {
      waitpointId: params.id,
      values: body.values,
      actor,
      via: actor.via === "ui" ? "ui" : "api",
    });
    return { body: { id: params.id, run_id: runId, status: "submitted" as const } };
  },
});

const resolveHandoff = defineRoute({
  method: "POST",
  path: "/api/v1/handoffs/{id}/resolve",
  family: "runs",
  scope: "handoffs:resolve",
  summary: "Hand a conversation or question back to the run, with what came of it.",
  params: z.object({ id: z.string() }),
  body: z.strictObject({
    resolution: z.string().max(1000).optional(),
    note: z.string().max(5000).optional(),
    output: z.json().optional(),
  }),
  response: z.object({ id: z.string(), run_id: z.string(), status: z.literal("resolved") }),
  async handler({ actor, params, body }) {
    const row = await existingWaitpoint(actor.organizationId, params.id, "handoff");
    const refs = await assigneeRefsOf(actor);
    if (row.assignees.length > 0 && !row.assignees.some((ref) => refs.includes(ref))) {
      requireScope(actor, "approvals:decide:any");
    }
    const { runId } = await resolveOrRefuse(
      {
        organizationId: actor.organizationId,
        waitpointId: row.id,
        outcome: "returned",
        action: "handoff.resolved",
        actor,
        via: actor.via === "ui" ? "ui" : "api",
        resolution: {
          resolution: body.resolution ?? null,
          note: body.note ?? null,
          comment: body.note ?? null,
          output: body.output ?? null,
        },
      },
      "handoff",
    );
    return { body: { id: row.id, run_id: runId, status: "resolved" as const } };
  },
});

const callback = definePublicRoute({
  method: "POST",
  path: "/api/callbacks/{token}",
  summary: "Answer a step that waits for a callback; the JSON body becomes its output. The address works once.",
  params: z.object({ token: z.string().min(20).max(200) }),
  query: anyQuery,
  body: z.json(),
  response: z.object({ run_id: z.string(), status: z.literal("received") }),
  async proof({ token = "" }) {
    await callbackBehind(token);
  },
  async handler({ params, body }) {
    const row = await callbackBehind(params.token);
    const actor = callbackActor(row.organizationId, row.id);
    const { runId } = await resolveOrRefuse(
      {
        organizationId: actor.organizationId,
        waitpointId: row.id,
        outcome: "called",
        action: "callback.called",
        actor,
        via: "link",
        resolution: { body },
      },
      "callback",
    );
    return { body: { run_id: readId("run", runId) ?? runId, status: "received" as const } };
  },
});

async function callbackBehind(token: string) {
  const row = await findWaitpointByToken(createHash("sha256").update(token).digest("hex"));
  if (row?.kind !== "callback") throw new AppError("not_found", "There is no such callback address.");
  return row;
}

export const routes = [getForm, submitFormRoute, resolveHandoff, callback];
