import { z } from "zod";
import { admittedObject } from "@/core/contracts/admitted-json";
import { handoffObjectSchema, resolveHandoffSchema } from "@/core/contracts/handoff";
import { undecidableSchema } from "@/core/contracts/undecidable-rest";
import { readId } from "@/core/ids";
import { anyQuery } from "@/server/api/rest/query";
import { definePublicRoute, defineRoute } from "@/server/api/rest/route";
import { clientAddress } from "@/server/auth/client-address";
import { findCallback, takeCallback } from "./early-callback";
import { submitForm } from "./forms";
import { getForm } from "./get-form";
import { readHandoff, resolveHandoff } from "./handoffs";
import { readUndecidable } from "./undecidable";

const formIdParams = z.object({ id: z.string() });

const getFormRoute = defineRoute({
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
    undecidable: undecidableSchema,
  }),
  // Its values come back as they were given.
  givesAddresses: true,
  async handler({ actor, params }) {
    const { waitpoint: row, form: request } = await getForm(actor, params.id);
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
        undecidable: readUndecidable(row),
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
  body: z.strictObject({ values: admittedObject }),
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

const getHandoff = defineRoute({
  method: "GET",
  path: "/api/v1/handoffs/{id}",
  family: "runs",
  scope: "runs:read",
  summary:
    "Get a handoff: what is asked, which answers there are, and for a call in question the request that was sent.",
  params: z.object({ id: z.string() }),
  response: handoffObjectSchema,
  async handler({ actor, params }) {
    return { body: await readHandoff(actor, params.id) };
  },
});

const resolveHandoffRoute = defineRoute({
  method: "POST",
  path: "/api/v1/handoffs/{id}/resolve",
  family: "runs",
  scope: "handoffs:resolve",
  summary: "Hand a conversation or question back to the run, with what came of it.",
  params: z.object({ id: z.string() }),
  body: resolveHandoffSchema,
  response: z.object({ id: z.string(), run_id: z.string(), status: z.literal("resolved") }),
  async handler({ actor, params, body }) {
    const { id, runId } = await resolveHandoff(actor, params.id, body);
    return { body: { id, run_id: runId, status: "resolved" as const } };
  },
});

const callback = definePublicRoute({
  method: "POST",
  path: "/api/callbacks/{token}",
  summary:
    "Answer a step that waits for a callback; the JSON body becomes its output. The address works once, also before the step waits: the answer is kept until then.",
  params: z.object({ token: z.string().min(20).max(2000) }),
  query: anyQuery,
  body: z.json(),
  response: z.object({ run_id: z.string(), status: z.literal("received") }),
  async proof({ token = "" }) {
    await findCallback(token);
  },
  async handler({ params, body, warnings, request }) {
    const { runId } = await takeCallback(
      params.token,
      { body, warnings },
      clientAddress((name) => request.headers.get(name)),
    );
    return { body: { run_id: readId("run", runId) ?? runId, status: "received" as const } };
  },
});

export const routes = [getFormRoute, submitFormRoute, getHandoff, resolveHandoffRoute, callback];
