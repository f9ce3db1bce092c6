import { z } from "zod";
import { contactSchema } from "@/core/contracts/contact";
import { nextCursorSchema, pageQuery } from "@/server/api/rest/paging";
import { defineRoute, type Route } from "@/server/api/rest/route";
import { getContact, listContactItems } from "./service";

export const routes: Route[] = [
  defineRoute({
    method: "GET",
    path: "/api/v1/contacts",
    family: "runs",
    scope: "contacts:read",
    summary: "List contacts, newest first.",
    query: z.object(pageQuery),
    response: z.object({ contacts: z.array(contactSchema), next_cursor: nextCursorSchema }),
    async handler({ actor, query }) {
      const { items, nextCursor } = await listContactItems(actor, query);
      return { body: { contacts: items, next_cursor: nextCursor } };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/contacts/{id}",
    family: "runs",
    scope: "contacts:read",
    summary: "Get one contact.",
    params: z.object({ id: z.string() }),
    response: contactSchema,
    handler: async ({ actor, params }) => ({ body: await getContact(actor, params.id) }),
  }),
];
