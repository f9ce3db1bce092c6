import { z } from "zod";
import { AppError } from "@/core/errors";
import { webhookMethods, type WebhookMethod } from "@/core/workflow/trigger-words";
import { errorResponse, jsonResponse } from "@/server/http/respond";
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

const answers: Readonly<Record<string, string>> = {
  "200":
    "The run's output, where the trigger waits for it; {run_id} of the first run, where this delivery came before; {run_id: null, status: ignored}, where the filter leaves the call out; or the answer to a check of the address. A check is answered in plain text, other calls as the trigger's answer says: JSON, plain text, or no body",
  "202":
    "A run was started: {run_id}. Where the trigger waits for the output and the run goes on: {run_id, status, status_url}. A trigger may name another status between 200 and 299, and have the answer be plain text, or no body",
  "400": "The body cannot be read: broken JSON, or bytes that are no characters",
  "401": "The call does not prove that it is genuine. Why stands in the Triggers tab of the workflow",
  "403": "A check of the address with another verify token",
  "404": "No webhook has, or ever had, this address",
  "405": "The trigger does not take this method; the header Allow names those that it takes",
  "409":
    "Nothing may start now: the workflow is not published, switched off, retired or changed without being published; or this delivery id came with another body",
  "410": "The webhook was removed, or its workflow is in the trash",
  "413": "The body is larger than 1 MB",
  "415": "The body is compressed, or in a character set that is not known",
  "422": "The body can be read and does not fit: see details",
  "500":
    "Where the trigger waits for the output: the run failed or was cancelled. A trigger may name another status, and have the answer be plain text, or no body",
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
    answers,
    plainAnswers: ["200", "202", "500"],
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
