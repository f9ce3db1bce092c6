import { z } from "zod";
import { timeSchema } from "@/core/contracts/time";
import { defineRoute } from "@/server/api/rest/route";
import type { EvidencePack } from "@/core/contracts/evidence";
import { fileHeaders } from "@/server/http/text-file";
import { decisionEvidence, periodEvidence } from "./pack";
import { evidencePdf } from "./pdf/evidence-pdf";
import { exportActivity, exportFormats } from "./export";

const text = z.string().max(200).optional();
const moment = timeSchema.transform((time) => new Date(time)).optional();

const packFormat = z.enum(["json", "pdf"]).default("json").describe("json holds the proof, pdf is for people.");

/** The pack as a file, in one of its two forms. */
async function packFile(pack: EvidencePack, name: string, format: "json" | "pdf"): Promise<Response> {
  const isPdf = format === "pdf";
  const bytes = isPdf ? new Uint8Array(await evidencePdf(pack)) : `${JSON.stringify(pack, null, 2)}\n`;
  const type = isPdf ? "application/pdf" : "application/json; charset=utf-8";
  return new Response(bytes, { headers: fileHeaders(`${name}.${format}`, type) });
}

export const routes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/approvals/{approvalId}/evidence",
    family: "runs",
    scope: "approvals:read",
    summary: "Evidence of one decision as a file: what was shown, who decided, how, and what the log says.",
    params: z.object({ approvalId: z.string() }),
    query: z.object({ format: packFormat }),
    response: z.json().describe("The file; see docs/evidence.md"),
    handler: async ({ actor, params, query: { format } }) => {
      const pack = await decisionEvidence(actor, params.approvalId);
      return packFile(pack, `evidence-${pack.decisions[0]?.id ?? "decision"}`, format);
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/audit/evidence",
    family: "runs",
    scope: "audit:read",
    summary: "Evidence of all decisions of a time range as a file, at most 500 of them.",
    query: z.object({
      format: packFormat,
      since: timeSchema.transform((time) => new Date(time)).describe("From this time on, ISO 8601."),
      until: timeSchema.transform((time) => new Date(time)).describe("Before this time, ISO 8601."),
    }),
    response: z.json().describe("The file; see docs/evidence.md"),
    handler: async ({ actor, query: { format, since, until } }) => {
      const pack = await periodEvidence(actor, { since, until });
      const day = (time: Date) => time.toISOString().slice(0, 10);
      return packFile(pack, `evidence-${day(since)}-to-${day(until)}`, format);
    },
  }),
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
