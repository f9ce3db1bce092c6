import { z } from "zod";
import { createConnectionSchema, updateConnectionSchema } from "@/connectors/auth/connection-schemas";
import { connectionSchema, connectionTestSchema, testConnectionSchema } from "@/core/contracts/connection";
import { tagged, unchangedSince } from "@/server/api/rest/etag";
import { nextCursorSchema, pageQuery } from "@/server/api/rest/paging";
import { defineRoute } from "@/server/api/rest/route";
import {
  createConnection,
  deleteConnection,
  getConnection,
  listConnections,
  testConnection,
  updateConnection,
} from "./service";

const one = "/api/v1/connections/{idOrSlug}";
const params = z.object({ idOrSlug: z.string() });

export const routes = [
  defineRoute({
    method: "POST",
    path: "/api/v1/connections",
    family: "runs",
    scope: "connections:write",
    summary: "Registers a service that workflows may call.",
    body: createConnectionSchema,
    status: 201,
    idempotent: true,
    response: connectionSchema,
    handler: async ({ actor, body }) => ({ body: await createConnection(actor, body) }),
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/connections",
    family: "runs",
    scope: "connections:read",
    summary: "The connections of your organization, by slug, without their secrets.",
    query: z.object(pageQuery),
    response: z.object({ connections: z.array(connectionSchema), next_cursor: nextCursorSchema }),
    async handler({ actor, query }) {
      const { items, nextCursor } = await listConnections(actor, query);
      return { body: { connections: items, next_cursor: nextCursor } };
    },
  }),
  defineRoute({
    method: "GET",
    path: one,
    family: "runs",
    scope: "connections:read",
    summary: "One connection, without its secret.",
    params,
    response: connectionSchema,
    tagged: true,
    handler: async ({ actor, params: { idOrSlug } }) => tagged(await getConnection(actor, idOrSlug)),
  }),
  defineRoute({
    method: "PATCH",
    path: one,
    family: "runs",
    scope: "connections:write",
    summary: "Changes a connection. What is left out stays.",
    params,
    body: updateConnectionSchema,
    response: connectionSchema,
    tagged: true,
    handler: async ({ actor, params: { idOrSlug }, body, request }) =>
      tagged(await updateConnection(actor, idOrSlug, body, unchangedSince(request, "connection"))),
  }),
  defineRoute({
    method: "DELETE",
    path: one,
    family: "runs",
    scope: "connections:write",
    summary: "Deletes a connection; refused while a live workflow uses it.",
    params,
    response: connectionSchema,
    handler: async ({ actor, params: { idOrSlug } }) => ({ body: await deleteConnection(actor, idOrSlug) }),
  }),
  defineRoute({
    method: "POST",
    path: `${one}/test`,
    family: "runs",
    scope: "connections:write",
    summary: "Sends a GET through the connection and says what came back.",
    params,
    body: testConnectionSchema,
    response: connectionTestSchema,
    handler: async ({ actor, params: { idOrSlug }, body }) => ({
      body: await testConnection(actor, idOrSlug, body.path),
    }),
  }),
];
