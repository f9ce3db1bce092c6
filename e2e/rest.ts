import { expect } from "@playwright/test";
import { z } from "zod";
import type { Instance } from "@/tests/instance";

export interface RestAnswer {
  status: number;
  /** Parsed; null without a body. */
  json: unknown;
}

/** The REST API as a script outside uses it: plain fetch and an API key. */
export interface RestClient {
  get(path: string): Promise<RestAnswer>;
  post(path: string, body?: unknown): Promise<RestAnswer>;
  patch(path: string, body: unknown): Promise<RestAnswer>;
  /** Sends a text as it is, whatever it holds. */
  raw(method: string, path: string, text: string, headers?: Record<string, string>): Promise<RestAnswer>;
}

export function restClient({ baseUrl }: Pick<Instance, "baseUrl">, apiKey: string): RestClient {
  async function send(
    method: string,
    path: string,
    body: string | undefined,
    headers: Record<string, string> = {},
  ): Promise<RestAnswer> {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, json: text === "" ? null : (JSON.parse(text) as unknown) };
  }
  return {
    get: (path) => send("GET", path, undefined),
    post: (path, body) => send("POST", path, JSON.stringify(body ?? {})),
    patch: (path, body) => send("PATCH", path, JSON.stringify(body)),
    raw: (method, path, text, headers) => send(method, path, text, headers),
  };
}

const runSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  template: z.object({ name: z.string(), version: z.number() }),
  output: z.json(),
  error: z.looseObject({ code: z.string(), message: z.string(), node_id: z.string().nullable() }).nullable(),
  failure_reason: z.string().nullable(),
  steps: z.array(
    z.looseObject({
      node_id: z.string(),
      status: z.string(),
      attempt: z.number(),
      output: z.json(),
      summary: z.string().nullable(),
      waiting: z.looseObject({ id: z.string(), kind: z.string() }).nullable(),
    }),
  ),
  approvals: z.array(z.looseObject({ id: z.string(), status: z.string() })),
});
export type RunObject = z.output<typeof runSchema>;

export async function readRun(rest: RestClient, id: string): Promise<RunObject> {
  const answer = await rest.get(`/api/v1/workflows/${id}`);
  expect(answer.status).toBe(200);
  return runSchema.parse(answer.json);
}

/** Waits until the run has this status, and gives it. */
export async function runWithStatus(rest: RestClient, id: string, status: string): Promise<RunObject> {
  await expect
    .poll(async () => (await readRun(rest, id)).status, { message: `status of ${id}`, timeout: 30_000 })
    .toBe(status);
  return readRun(rest, id);
}

const errorSchema = z.object({
  error: z.looseObject({
    code: z.string(),
    message: z.string(),
    details: z.array(z.looseObject({ code: z.string(), path: z.string(), message: z.string() })),
    requestId: z.string(),
  }),
});

/** The refusal of an answer, in the one form that all refusals have. */
export function refusalOf(answer: RestAnswer): z.output<typeof errorSchema>["error"] {
  return errorSchema.parse(answer.json).error;
}
