import { z } from "zod";
import { calendarBodySchema, calendarNameSchema, calendarSchema } from "@/core/contracts/calendar";
import { defineRoute, type Route } from "@/server/api/rest/route";
import { listCalendars, removeCalendar, setCalendar } from "./service";

const path = "/api/v1/calendars";
const family = "runs";

export const routes: Route[] = [
  defineRoute({
    method: "GET",
    path,
    family,
    scope: "members:read",
    summary: "The working calendars of your organization, by name.",
    response: z.object({ calendars: z.array(calendarSchema) }),
    handler: async ({ actor }) => ({ body: { calendars: await listCalendars(actor) } }),
  }),
  defineRoute({
    method: "PUT",
    path: `${path}/{slug}`,
    family,
    scope: "members:manage",
    summary: "Make a working calendar, or change it. Questions that are open keep their deadlines.",
    params: calendarNameSchema,
    body: calendarBodySchema,
    response: calendarSchema,
    handler: async ({ actor, params, body }) => ({ body: await setCalendar(actor, { ...body, slug: params.slug }) }),
  }),
  defineRoute({
    method: "DELETE",
    path: `${path}/{slug}`,
    family,
    scope: "members:manage",
    summary: "Remove a working calendar that no live workflow names and no team works by.",
    params: calendarNameSchema,
    response: z.object({ slug: z.string(), removed: z.literal(true) }),
    handler: async ({ actor, params }) => {
      await removeCalendar(actor, params.slug);
      return { body: { slug: params.slug, removed: true as const } };
    },
  }),
];
