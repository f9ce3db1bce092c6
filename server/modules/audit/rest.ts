import { z } from "zod";
import { auditEntrySchema } from "@/core/contracts/audit";
import { pageQuery } from "@/server/api/rest/paging";
import { defineRoute } from "@/server/api/rest/route";
import { listAudit } from "./service";

const filter = z.string().max(200).optional();

export const routes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/audit",
    family: "runs",
    scope: "audit:read",
    summary: "Who did what, newest first.",
    query: z.object({ ...pageQuery, subject_type: filter, subject_id: filter, action: filter }),
    response: z.object({ entries: z.array(auditEntrySchema), next_cursor: z.string().nullable() }),
    handler: async ({ actor, query: { subject_type: subjectType, subject_id: subjectId, ...page } }) => {
      const { entries, nextCursor } = await listAudit(actor, { ...page, subjectType, subjectId });
      return { body: { entries, next_cursor: nextCursor } };
    },
  }),
];
