import { z } from "zod";
import { timeSchema } from "@/core/contracts/time";
import { defineRoute } from "@/server/api/rest/route";
import { exportActivity, exportFormats } from "./export";

const text = z.string().max(200).optional();
const moment = timeSchema.transform((time) => new Date(time)).optional();

export const routes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/audit/export",
    family: "runs",
    scope: "audit:read",
    summary: "Lines of the audit log as a file, newest first, at most 100,000. That it was taken is a line itself.",
    query: z.object({
      format: z.enum(exportFormats).describe("csv for spreadsheets, or jsonl: one JSON object a line."),
      action: text,
      person: text.describe("User id: what they did by their API keys too. system: what Holdpoint did by itself."),
      subject_type: text,
      search: text.describe("An id, or what it is about is called."),
      since: moment.describe("From this time on, ISO 8601."),
      until: moment.describe("Before this time, ISO 8601."),
    }),
    response: z.string().describe("The file"),
    handler: ({ actor, query: { format, subject_type: subjectType, ...filter } }) =>
      exportActivity(actor, { ...filter, subjectType }, format),
  }),
];
