import { z } from "zod";
import { timeSchema } from "@/core/contracts/time";
import { auditEntrySchema } from "@/core/contracts/audit";
import { pageQuery } from "@/server/api/rest/paging";
import { defineRoute } from "@/server/api/rest/route";
import { listAudit } from "./service";

const filter = z.string().max(200).optional();
const moment = timeSchema.optional();

export const routes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/audit",
    family: "runs",
    scope: "audit:read",
    summary: "Who did what, newest first.",
    query: z.object({
      ...pageQuery,
      subject_type: filter,
      subject_id: filter,
      action: filter,
      actor: filter.describe("Id of the member, API key or contact who did it."),
      since: moment.describe("From this time on, ISO 8601."),
      until: moment.describe("Before this time, ISO 8601."),
    }),
    response: z.object({ entries: z.array(auditEntrySchema), next_cursor: z.string().nullable() }),
    handler: async ({ actor, query: { subject_type: subjectType, subject_id: subjectId, since, until, ...page } }) => {
      const { entries, nextCursor } = await listAudit(actor, {
        ...page,
        subjectType,
        subjectId,
        since: since === undefined ? undefined : new Date(since),
        until: until === undefined ? undefined : new Date(until),
      });
      return { body: { entries, next_cursor: nextCursor } };
    },
  }),
];
