import { z } from "zod";
import { sessionSchema } from "@/core/contracts/session";
import { defineRoute, type Route } from "@/server/api/rest/route";
import { endMemberSessions, endOwnSessions, endSession, listSessions } from "./service";

const params = z.object({ id: z.string() });
const ended = z.object({ ended: z.int().min(0).describe("How many sign-ins ended") });

export const routes: Route[] = [
  defineRoute({
    method: "GET",
    path: "/api/v1/sessions",
    family: "runs",
    scope: "sessions:manage",
    summary: "Your open sign-ins, the one that was used last first.",
    response: z.object({ sessions: z.array(sessionSchema) }),
    handler: async ({ actor }) => ({ body: { sessions: await listSessions(actor) } }),
  }),
  defineRoute({
    method: "DELETE",
    path: "/api/v1/sessions",
    family: "runs",
    scope: "sessions:manage",
    summary: "Signs you out everywhere. API keys stay.",
    response: ended,
    handler: async ({ actor }) => ({ body: { ended: await endOwnSessions(actor, { keepThis: false }) } }),
  }),
  defineRoute({
    method: "DELETE",
    path: "/api/v1/sessions/{id}",
    family: "runs",
    scope: "sessions:manage",
    summary: "Signs one of your browsers out.",
    params,
    response: ended,
    handler: async ({ actor, params: { id } }) => {
      await endSession(actor, id);
      return { body: { ended: 1 } };
    },
  }),
  defineRoute({
    method: "DELETE",
    path: "/api/v1/members/{id}/sessions",
    family: "runs",
    scope: "members:manage",
    summary: "Signs a member out everywhere. Their API keys stay.",
    params,
    response: ended,
    handler: async ({ actor, params: { id } }) => ({ body: { ended: await endMemberSessions(actor, id) } }),
  }),
];
