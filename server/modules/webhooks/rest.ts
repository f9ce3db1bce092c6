import { z } from "zod";
import {
  changeSubscriptionSchema,
  createdSubscriptionSchema,
  createSubscriptionSchema,
  deliverySchema,
  webhookSubscriptionSchema,
} from "@/core/contracts/webhook";
import { tagged, unchangedSince } from "@/server/api/rest/etag";
import { nextCursorSchema, pageQuery } from "@/server/api/rest/paging";
import { defineRoute, type Route } from "@/server/api/rest/route";
import { hookRoutes } from "./hook-rest";
import {
  changeSubscription,
  createSubscription,
  deleteSubscription,
  getSubscription,
  listSubscriptionDeliveries,
  listSubscriptions,
  redeliverTo,
  rotateSecret,
  sendTest,
} from "./service";

const base = "/api/v1/webhook-subscriptions";
const params = z.object({ id: z.string() });
const page = z.object(pageQuery);
const runs = { family: "runs" } as const;

export const routes: Route[] = [
  ...hookRoutes,
  defineRoute({
    ...runs,
    method: "POST",
    path: base,
    scope: "webhooks:write",
    summary: "Subscribe an address to events of your workflows and runs. The signing secret is shown once.",
    body: createSubscriptionSchema,
    status: 201,
    idempotent: true,
    secretAnswer: true,
    response: createdSubscriptionSchema,
    handler: async ({ actor, body }) => ({ body: await createSubscription(actor, body) }),
  }),
  defineRoute({
    ...runs,
    method: "GET",
    path: base,
    scope: "webhooks:read",
    summary: "List webhook subscriptions, newest first.",
    query: page,
    response: z.object({ webhook_subscriptions: z.array(webhookSubscriptionSchema), next_cursor: nextCursorSchema }),
    async handler({ actor, query }) {
      const { items, nextCursor } = await listSubscriptions(actor, query);
      return { body: { webhook_subscriptions: items, next_cursor: nextCursor } };
    },
  }),
  defineRoute({
    ...runs,
    method: "GET",
    path: `${base}/{id}`,
    scope: "webhooks:read",
    summary: "Get one webhook subscription, without its secret.",
    params,
    response: webhookSubscriptionSchema,
    tagged: true,
    handler: async ({ actor, params: { id } }) => tagged(await getSubscription(actor, id)),
  }),
  defineRoute({
    ...runs,
    method: "PATCH",
    path: `${base}/{id}`,
    scope: "webhooks:write",
    summary: "Change a webhook subscription, or switch it on or off.",
    params,
    body: changeSubscriptionSchema,
    response: webhookSubscriptionSchema,
    tagged: true,
    handler: async ({ actor, params: { id }, body, request }) =>
      tagged(await changeSubscription(actor, id, body, unchangedSince(request, "webhook subscription"))),
  }),
  defineRoute({
    ...runs,
    method: "DELETE",
    path: `${base}/{id}`,
    scope: "webhooks:write",
    summary: "Delete a webhook subscription; nothing more is sent to it.",
    params,
    response: webhookSubscriptionSchema,
    handler: async ({ actor, params: { id } }) => ({ body: await deleteSubscription(actor, id) }),
  }),
  defineRoute({
    ...runs,
    method: "POST",
    path: `${base}/{id}/rotate-secret`,
    scope: "webhooks:write",
    summary:
      "Replace the signing secret. The new one is shown once; for 24 hours the old one signs as well, as a second signature.",
    params,
    secretAnswer: true,
    response: createdSubscriptionSchema,
    handler: async ({ actor, params: { id } }) => ({ body: await rotateSecret(actor, id) }),
  }),
  defineRoute({
    ...runs,
    method: "POST",
    path: `${base}/{id}/test`,
    scope: "webhooks:write",
    summary: "Send a webhook.test event to this subscription alone, signed and tried again like any other.",
    params,
    status: 202,
    response: deliverySchema,
    handler: async ({ actor, params: { id } }) => ({ body: await sendTest(actor, id) }),
  }),
  defineRoute({
    ...runs,
    method: "GET",
    path: `${base}/{id}/deliveries`,
    scope: "webhooks:read",
    summary: "What was sent to this subscription, with payload and response, newest first.",
    params,
    query: page,
    response: z.object({ deliveries: z.array(deliverySchema), next_cursor: nextCursorSchema }),
    async handler({ actor, params: { id }, query }) {
      const { items, nextCursor } = await listSubscriptionDeliveries(actor, id, query);
      return { body: { deliveries: items, next_cursor: nextCursor } };
    },
  }),
  defineRoute({
    ...runs,
    method: "POST",
    path: `${base}/{id}/deliveries/{deliveryId}/redeliver`,
    scope: "webhooks:write",
    summary: "Send a finished delivery once more, with the same webhook-id.",
    params: z.object({ id: z.string(), deliveryId: z.string() }),
    status: 202,
    response: deliverySchema,
    handler: async ({ actor, params: { id, deliveryId } }) => ({ body: await redeliverTo(actor, id, deliveryId) }),
  }),
];
