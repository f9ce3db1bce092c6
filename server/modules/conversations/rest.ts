import { z } from "zod";
import {
  conversationDetailSchema,
  conversationSchema,
  conversationWithLinkSchema,
  createConversationSchema,
} from "@/core/contracts/conversation-rest";
import { nextCursorSchema, pageQuery } from "@/server/api/rest/paging";
import { defineRoute, type Route } from "@/server/api/rest/route";
import { createConversation, getConversation, listConversationItems, reply, rotateLink } from "./service";

const base = "/api/v1/conversations";
const params = z.object({ id: z.string() });
const runs = { family: "runs" } as const;

export const routes: Route[] = [
  defineRoute({
    ...runs,
    method: "POST",
    path: base,
    scope: "conversations:write",
    summary: "Open a conversation with a contact; link is the customer's page, and is shown in this answer alone.",
    body: createConversationSchema,
    status: 201,
    idempotent: true,
    secretAnswer: true,
    response: conversationWithLinkSchema,
    async handler({ actor, body }) {
      const { id, link } = await createConversation(actor, body);
      return { body: { ...(await getConversation(actor, id)), link } };
    },
  }),
  defineRoute({
    ...runs,
    method: "GET",
    path: base,
    scope: "conversations:read",
    summary:
      "List conversations, those with the latest message first. One that gets a message meanwhile moves to the front, before the cursor.",
    query: z.object(pageQuery),
    response: z.object({ conversations: z.array(conversationSchema), next_cursor: nextCursorSchema }),
    async handler({ actor, query }) {
      const { items, nextCursor } = await listConversationItems(actor, query);
      return { body: { conversations: items, next_cursor: nextCursor } };
    },
  }),
  defineRoute({
    ...runs,
    method: "GET",
    path: `${base}/{id}`,
    scope: "conversations:read",
    summary: "Get a conversation with its latest messages.",
    params,
    response: conversationDetailSchema,
    handler: async ({ actor, params: { id } }) => ({ body: await getConversation(actor, id) }),
  }),
  defineRoute({
    ...runs,
    method: "POST",
    path: `${base}/{id}/rotate-link`,
    scope: "conversations:write",
    summary:
      "Give the customer a new link; the old one opens nothing any more. Links end 90 days after the last message.",
    params,
    idempotent: true,
    secretAnswer: true,
    response: conversationWithLinkSchema,
    handler: async ({ actor, params: { id } }) => ({ body: await rotateLink(actor, id) }),
  }),
  defineRoute({
    ...runs,
    method: "POST",
    path: `${base}/{id}/messages`,
    scope: "conversations:write",
    summary: "Write to the customer.",
    params,
    body: z.strictObject({ body: z.string().trim().min(1).max(4000) }),
    status: 201,
    idempotent: true,
    response: conversationDetailSchema,
    handler: async ({ actor, params: { id }, body }) => ({ body: await reply(actor, id, body.body) }),
  }),
];
