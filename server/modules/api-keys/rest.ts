import { z } from "zod";
import { apiKeySchema, createApiKeySchema, createdApiKeySchema } from "@/core/contracts/api-key";
import { nextCursorSchema, pageQuery } from "@/server/api/rest/paging";
import { defineRoute } from "@/server/api/rest/route";
import { createApiKey, listApiKeys, revokeApiKey } from "./service";

export const routes = [
  defineRoute({
    method: "POST",
    path: "/api/v1/api-keys",
    family: "runs",
    scope: "api_keys:manage",
    summary: "Makes an API key that acts for you. The key is shown in this answer only.",
    body: createApiKeySchema,
    status: 201,
    idempotent: true,
    secretAnswer: true,
    response: createdApiKeySchema,
    handler: async ({ actor, body }) => ({ body: await createApiKey(actor, body) }),
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/api-keys",
    family: "runs",
    scope: "api_keys:manage",
    summary: "Living keys: your own, or everybody's for owners and admins.",
    query: z.object(pageQuery),
    response: z.object({ api_keys: z.array(apiKeySchema), next_cursor: nextCursorSchema }),
    async handler({ actor, query }) {
      const { items, nextCursor } = await listApiKeys(actor, query);
      return { body: { api_keys: items, next_cursor: nextCursor } };
    },
  }),
  defineRoute({
    method: "DELETE",
    path: "/api/v1/api-keys/{id}",
    family: "runs",
    scope: "api_keys:manage",
    summary: "Revokes a key for good.",
    params: z.object({ id: z.string() }),
    response: z.object({ id: z.string(), revoked: z.literal(true) }),
    handler: async ({ actor, params }) => {
      await revokeApiKey(actor, params.id);
      return { body: { id: params.id, revoked: true as const } };
    },
  }),
];
