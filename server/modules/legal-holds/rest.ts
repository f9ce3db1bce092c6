import { z } from "zod";
import { legalHoldSchema, placeHoldSchema, retentionSchema } from "@/core/contracts/legal-hold";
import { defineRoute, type Route } from "@/server/api/rest/route";
import { liftHold, listHolds, minimumRetention, placeHold, setMinimumRetention } from "./service";

const holds = "/api/v1/legal-holds";
const family = "runs";

export const routes: Route[] = [
  defineRoute({
    method: "GET",
    path: holds,
    family,
    scope: "audit:read",
    summary: "List legal holds, newest first, lifted ones included.",
    response: z.object({ legal_holds: z.array(legalHoldSchema) }),
    handler: async ({ actor }) => ({ body: { legal_holds: await listHolds(actor) } }),
  }),
  defineRoute({
    method: "POST",
    path: holds,
    family,
    scope: "runs:delete",
    status: 201,
    summary: "Place a legal hold: nothing of it is deleted until it is lifted.",
    body: placeHoldSchema,
    response: legalHoldSchema,
    handler: async ({ actor, body }) => ({ body: await placeHold(actor, body) }),
  }),
  defineRoute({
    method: "POST",
    path: `${holds}/{id}/lift`,
    family,
    scope: "runs:delete",
    summary: "Lift a legal hold.",
    params: z.object({ id: z.string() }),
    response: legalHoldSchema,
    handler: async ({ actor, params }) => ({ body: await liftHold(actor, params.id) }),
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/retention",
    family,
    scope: "audit:read",
    summary: "How long ended runs are kept at least.",
    response: retentionSchema,
    handler: async ({ actor }) => ({ body: { minimum_retention_days: await minimumRetention(actor) } }),
  }),
  defineRoute({
    method: "PUT",
    path: "/api/v1/retention",
    family,
    scope: "runs:delete",
    summary: "Change how long ended runs are kept at least.",
    body: retentionSchema,
    response: retentionSchema,
    handler: async ({ actor, body }) => ({
      body: { minimum_retention_days: await setMinimumRetention(actor, body.minimum_retention_days) },
    }),
  }),
];
