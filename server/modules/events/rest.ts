import { z } from "zod";
import { eventAnswerSchema, inboundEventSchema, sendEventSchema } from "@/core/contracts/event";
import { nextCursorSchema, pageQuery } from "@/server/api/rest/paging";
import { defineRoute, type Route } from "@/server/api/rest/route";
import { eventData, listInbound, redriveEvent, sendEvent, type PublishedEvent } from "./service";

export const routes: Route[] = [
  defineRoute({
    method: "POST",
    path: "/api/v1/events",
    family: "runs",
    scope: "events:write",
    summary:
      "Say that something happened: every workflow that listens to it starts. An id that came before with the same data gives the first answer; with other data it is refused.",
    body: sendEventSchema,
    status: 202,
    idempotent: true,
    response: eventAnswerSchema,
    handler: async ({ actor, body }) => ({
      body: answer(
        await sendEvent(actor, { name: body.name, data: body.data, ...(body.id === undefined ? {} : { id: body.id }) }),
      ),
    }),
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/events",
    family: "runs",
    scope: "webhooks:read",
    summary: "List events that arrived and webhook calls that were held, newest first.",
    query: z.object({
      name: z.string().max(200).optional(),
      status: z.enum(["done", "open", "dead"]).optional(),
      ...pageQuery,
    }),
    response: z.object({ events: z.array(inboundEventSchema), next_cursor: nextCursorSchema }),
    async handler({ actor, query }) {
      const { items, nextCursor } = await listInbound(actor, query);
      return {
        body: {
          events: items.map((event) => ({
            ...answer({ id: event.id, results: event.results ?? [] }),
            name: event.name,
            external_id: event.externalId,
            data: eventData(event.data),
            held: event.results?.some((result) => "held" in result && result.held === true) ?? false,
            status:
              event.results !== null
                ? ("done" as const)
                : event.deadAt !== null
                  ? ("dead" as const)
                  : ("open" as const),
            attempts: event.attempts,
            last_error: event.lastError,
            created_at: event.createdAt.toISOString(),
          })),
          next_cursor: nextCursor,
        },
      };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/api/v1/events/{id}/redrive",
    family: "runs",
    scope: "events:write",
    summary: "Offer an event, or a held webhook call, once more. A workflow that has a run from it gets no second one.",
    params: z.object({ id: z.string() }),
    status: 202,
    response: eventAnswerSchema,
    handler: async ({ actor, params }) => ({ body: answer(await redriveEvent(actor, params.id)) }),
  }),
];

function answer({ id, results }: PublishedEvent): z.input<typeof eventAnswerSchema> {
  return {
    id,
    runs: results.flatMap((result) => ("runId" in result ? [{ run_id: result.runId, workflow: result.workflow }] : [])),
    refused: results.flatMap((result) =>
      "refused" in result ? [{ workflow: result.workflow, ...result.refused }] : [],
    ),
    unclear: results.flatMap((result) =>
      "unclear" in result ? [{ workflow: result.workflow, message: result.unclear }] : [],
    ),
  };
}
