import { z } from "zod";
import { quoted } from "@/core/workflow/consequence";
import { defineAction, defineConnector } from "@/connectors/define-connector";

export const amlConnector = defineConnector({
  id: "aml",
  title: "AML screening",
  description: "Screens people against sanction and watch lists.",
  icon: "shield-check",
  auth: ["bearer", "header"],
  defaultConnection: "aml",
  actions: {
    screen: defineAction({
      title: "Screen an applicant",
      description: "Compares an applicant with the lists; a score of 0 means nothing was found.",
      input: z.object({
        applicantName: z.string().min(1),
        applicantNik: z.string().optional(),
        applicantDob: z.string().optional(),
      }),
      output: z.object({
        status: z.enum(["clear", "match"]),
        score: z.number(),
        matches: z.array(z.object({ list: z.string(), name: z.string() })),
      }),
      method: "POST",
      path: "/api/aml/screen",
      repeatable: "safe",
      consequence: ({ applicantName }) => `screens ${quoted(applicantName) ?? "the applicant"} against watch lists`,
    }),
  },
});
