import { z } from "zod";
import { AppError } from "@/core/errors";
import { webhookMethods, type WebhookMethod } from "@/core/spec/trigger-words";
import { errorResponse, jsonResponse } from "@/server/api/rest/respond";
import { anyQuery } from "@/server/api/rest/query";
import { definePublicRoute, type HandlerInput, type Route } from "@/server/api/rest/route";
import type { HookAnswer } from "./answer";
import { receiveWebhook } from "./inbound";

const summaries: Readonly<Record<WebhookMethod, string>> = {
  POST: "Start the workflow behind this webhook; the body is its input. Answers 202 with run_id, or what its trigger says. 200: this delivery came before, or was a check of the address.",
  PUT: "Start the workflow behind this webhook, where its trigger takes PUT.",
  PATCH: "Start the workflow behind this webhook, where its trigger takes PATCH.",
  DELETE: "Start the workflow behind this webhook, where its trigger takes DELETE.",
  GET: "Answer a sender's check of the address (hub.challenge and the like); starts the workflow only where its trigger takes GET.",
};

/** The addresses of webhook triggers, one route for each method that a trigger may take. */
export const hookRoutes: readonly Route[] = webhookMethods.map((method) =>
  definePublicRoute({
    method,
    path: "/api/hooks/{token}",
    summary: summaries[method],
    params: z.object({ token: z.string() }),
    query: anyQuery,
    rawBody: true,
    status: 202,
    response: z.json(),
    handler: answerHook,
  }),
);

async function answerHook({
  params: { token },
  bytes,
  request,
  requestId,
}: HandlerInput<{ token: string }, unknown, unknown>): Promise<Response> {
  const { method, url, headers } = request;
  try {
    return responseOf(await receiveWebhook(token, { method, url, headers, bytes }));
  } catch (error) {
    const allow = error instanceof AppError ? error.extra["allow"] : undefined;
    if (typeof allow === "string") return errorResponse(error, requestId, { allow });
    throw error;
  }
}

function responseOf({ status, form, body, headers = {} }: HookAnswer): Response {
  if (form === "json") return jsonResponse(status, body, headers);
  const more = { "cache-control": "no-store", "x-content-type-options": "nosniff", ...headers };
  if (form === "empty" || status === 204 || status === 205) return new Response(null, { status, headers: more });
  return new Response(typeof body === "string" ? body : JSON.stringify(body), {
    status,
    headers: { ...more, "content-type": "text/plain; charset=utf-8" },
  });
}
