import { z } from "zod";
import {
  secretChangeSchema,
  setSecretSchema,
  triggerCallSchema,
  triggerStateSchema,
} from "@/core/contracts/trigger-rest";
import { pageQuery } from "@/server/api/rest/paging";
import { defineRoute, type Route } from "@/server/api/rest/route";
import { triggerTypes } from "@/triggers/definitions";
import { redriveCall, setWebhookSecret, triggersState, webhookCalls } from "./service";

const base = "/api/workflows/{idOrSlug}/triggers";
const workflow = { idOrSlug: z.string() };
const definitions = { family: "definitions" } as const;

export const routes: Route[] = [
  defineRoute({
    ...definitions,
    method: "GET",
    path: base,
    scope: "workflows:read",
    summary: "How the triggers of a workflow stand: addresses, next times of schedules, and what came of each last.",
    params: z.object(workflow),
    response: z.object({ data: z.object({ triggers: z.array(triggerStateSchema(triggerTypes)) }) }),
    async handler({ actor, params }) {
      const { triggers } = await triggersState(actor, params.idOrSlug);
      return { body: { data: { triggers } } };
    },
  }),
  defineRoute({
    ...definitions,
    method: "PUT",
    path: `${base}/{triggerId}/secret`,
    scope: "workflows:publish",
    summary:
      "Set, change or remove the secret of a webhook: the only way there is. Where publishing needs a second person, the change waits for one.",
    params: z.object({ ...workflow, triggerId: z.string() }),
    body: setSecretSchema,
    response: z.object({ data: z.object({ secret: secretChangeSchema }) }),
    handler: async ({ actor, params, body }) => ({
      body: { data: { secret: await setWebhookSecret(actor, params.idOrSlug, params.triggerId, body.secret) } },
    }),
  }),
  defineRoute({
    ...definitions,
    method: "GET",
    path: `${base}/{triggerId}/calls`,
    scope: "webhooks:read",
    summary: "The calls of a webhook's address in the last week, newest first, refused ones included.",
    params: z.object({ ...workflow, triggerId: z.string() }),
    query: z.object({ limit: pageQuery.limit }),
    response: z.object({ data: z.object({ calls: z.array(triggerCallSchema) }) }),
    handler: async ({ actor, params, query }) => ({
      body: { data: { calls: await webhookCalls(actor, params.idOrSlug, params.triggerId, query.limit) } },
    }),
  }),
  defineRoute({
    ...definitions,
    method: "POST",
    path: `${base}/{triggerId}/calls/{callId}/redrive`,
    scope: "runs:start",
    summary: "Start the run that a refused call did not get. Needs workflows:write too; a call never gets two runs.",
    params: z.object({ ...workflow, triggerId: z.string(), callId: z.string() }),
    status: 202,
    response: z.object({ data: z.object({ runId: z.string() }) }),
    handler: async ({ actor, params }) => ({
      body: { data: await redriveCall(actor, params.idOrSlug, params.callId, params.triggerId) },
    }),
  }),
];
