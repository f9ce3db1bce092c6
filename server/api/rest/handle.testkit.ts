import { afterAll, beforeAll } from "vitest";
import { z } from "zod";
import { AppError } from "@/core/errors";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";
import { handleRest } from "./handle";
import { definePublicRoute, defineRoute } from "./route";
import { createRouter } from "./router";

// Importing this sets it up: every test file has modules of its own, and so a scene of its own.
let database: TestDatabase;
export let organization: TestOrganization;
export let other: TestOrganization;
export let created = 0;

const thing = z.strictObject({
  name: z.string().min(1),
  nodes: z.array(z.strictObject({ expression: z.string() })).default([]),
});

export const router = createRouter([
  defineRoute({
    method: "GET",
    path: "/api/things/{id}",
    family: "definitions",
    scope: "workflows:read",
    summary: "One.",
    query: z.object({ limit: z.coerce.number().int().min(1).default(50) }),
    response: z.object({ data: z.object({ id: z.string(), limit: z.number(), organizationId: z.string() }) }),
    handler: ({ actor, params, query }) =>
      Promise.resolve({
        body: { data: { id: params["id"] ?? "", limit: query.limit, organizationId: actor.organizationId } },
      }),
  }),
  defineRoute({
    method: "POST",
    path: "/api/things",
    family: "definitions",
    scope: "workflows:write",
    summary: "Makes one.",
    body: thing,
    status: 201,
    bodyLimit: 2_000,
    idempotent: true,
    response: z.object({ number: z.number() }),
    handler: async ({ body }) => {
      if (body.name === "taken") throw new AppError("slug_taken", "This name is taken. Choose another.");
      if (body.name === "bug") throw new TypeError("secret detail");
      created += 1;
      return { body: { number: await Promise.resolve(created) } };
    },
  }),
  definePublicRoute({
    method: "POST",
    path: "/api/open/{token}",
    summary: "Open.",
    rawBody: true,
    response: z.object({ size: z.number() }),
    handler: ({ bytes }) => Promise.resolve({ body: { size: bytes.length } }),
  }),
  definePublicRoute({
    method: "POST",
    path: "/api/sealed/{token}",
    summary: "Sealed.",
    body: z.json(),
    proof: ({ token }) =>
      token === "right" ? Promise.resolve() : Promise.reject(new AppError("not_found", "There is nothing here.")),
    response: z.object({}),
    handler: () => Promise.resolve({ body: {} }),
  }),
]);

export interface Call {
  method?: string;
  path: string;
  key?: string | null;
  headers?: Record<string, string>;
  body?: unknown;
  text?: BodyInit;
}

export async function call({ method = "GET", path, key, headers = {}, body, text }: Call): Promise<{
  status: number;
  json: { error?: { code: string; message: string; details: { path: string }[]; requestId: string } } & Record<
    string,
    unknown
  >;
  headers: Headers;
}> {
  const bearer: Record<string, string> =
    key === null ? {} : { authorization: `Bearer ${key ?? organization.members.owner.apiKey}` };
  const content = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const request = new Request(`http://127.0.0.1:3000${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...bearer, ...headers },
    ...(content === undefined ? {} : { body: content, duplex: "half" }),
  });
  const response = await handleRest(request, router);
  const answered = await response.text();
  return { status: response.status, json: answered === "" ? {} : JSON.parse(answered), headers: response.headers };
}

beforeAll(async () => {
  database = await useTestDatabase();
  organization = await createTestOrganization("north");
  other = await createTestOrganization("south");
});

afterAll(() => database.close());
