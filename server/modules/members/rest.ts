import { z } from "zod";
import { memberSchema } from "@/core/contracts/member";
import { defineRoute } from "@/server/api/rest/route";
import { listMembers } from "./service";

export const routes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/members",
    family: "runs",
    scope: "members:read",
    summary: "The people of your organization with their roles and teams.",
    response: z.object({ members: z.array(memberSchema) }),
    handler: async ({ actor }) => ({ body: { members: await listMembers(actor) } }),
  }),
];
