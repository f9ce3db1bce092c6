import { z } from "zod";
import { quorumModes } from "@/core/quorum";
import { decisive } from "@/core/workflow/decisive";
import { assigneeField, timeoutFields } from "@/core/workflow/waiting-fields";

export const approvalTimeoutWords = ["approve", "reject", "fail", "escalate"] as const;

export const approvalConfig = z.object({
  actionLabel: z.string().optional().describe("What is being decided, in the words of the approver"),
  assignTo: assigneeField.optional(),
  outside: decisive(z.boolean())
    .optional()
    .describe(
      "Whether addresses that belong to no member are asked too, by e-mail and without an account; at most 20 of them",
    ),
  context: z
    .object({
      headline: z.string().optional(),
      fields: z.array(z.union([z.string(), z.object({ label: z.string(), value: z.json() })])).optional(),
      conversation: z.boolean().optional(),
    })
    .optional(),
  quorum: decisive(z.object({ mode: z.enum(quorumModes), n: z.number().positive().optional() }))
    .optional()
    .describe(
      "How many decide: any (whoever is first), all, count (n of them), percent (n percent of them), sequence (one after the other, in the order of assignTo)",
    ),
  rules: decisive(
    z.object({
      table: z.string().min(1).describe("Key of a table of approver rules, e.g. spend"),
      values: z
        .record(z.string(), z.json())
        .default({})
        .describe("What each question of the table is answered with, by its name; an amount with its currency"),
    }),
  )
    .optional()
    .describe("A table of approver rules says who decides and how many, instead of assignTo and quorum"),
  policy: decisive(
    z.object({
      requesterCannotApprove: z.boolean().optional(),
      neverTwice: z
        .boolean()
        .optional()
        .describe("Whoever decided another approval of the run does not decide this one"),
      commentRequiredOn: z.array(z.enum(["approved", "rejected"])).optional(),
      editable: z.array(z.string().min(1)).optional(),
    }),
  ).optional(),
  bindFields: decisive(z.array(z.string().min(1)))
    .optional()
    .describe("Expressions whose values are frozen and checked again before the next side effect"),
  ...timeoutFields,
  remindAt: z
    .array(z.string().min(1))
    .optional()
    .describe(
      "When those who are asked are reminded, at most five times: a share of the time until it is due such as 50%, or an ISO-8601 duration before it is due such as PT4H",
    ),
  escalateTo: assigneeField.optional(),
  onTimeout: decisive(z.enum(approvalTimeoutWords)).optional(),
  onReject: decisive(z.enum(["fail"])).optional(),
});
export type ApprovalConfig = z.output<typeof approvalConfig>;
