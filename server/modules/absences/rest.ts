import { z } from "zod";
import { absenceSchema, setAbsenceSchema } from "@/core/contracts/absence";
import { defineRoute, type Route } from "@/server/api/rest/route";
import { endAbsence, listAbsences, setAbsence } from "./service";

const path = "/api/v1/absences";
const family = "runs";

export const routes: Route[] = [
  defineRoute({
    method: "GET",
    path,
    family,
    scope: "members:read",
    summary: "Who is away, and who will be, earliest first.",
    response: z.object({ absences: z.array(absenceSchema) }),
    handler: async ({ actor }) => ({ body: { absences: await listAbsences(actor) } }),
  }),
  defineRoute({
    method: "POST",
    path,
    family,
    scope: "absences:write",
    status: 201,
    summary: "Say that you are away, and who answers in your name; administrators say it of anybody.",
    body: setAbsenceSchema,
    response: absenceSchema,
    handler: async ({ actor, body }) => ({ body: await setAbsence(actor, body) }),
  }),
  defineRoute({
    method: "DELETE",
    path: `${path}/{id}`,
    family,
    scope: "absences:write",
    summary: "End an absence before its time, or call it off.",
    params: z.object({ id: z.string() }),
    response: z.object({ id: z.string(), ended: z.literal(true) }),
    handler: async ({ actor, params }) => {
      await endAbsence(actor, params.id);
      return { body: { id: params.id, ended: true as const } };
    },
  }),
];
