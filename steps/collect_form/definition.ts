import { z } from "zod";
import type { Issue } from "@/core/workflow/document";
import {
  assigneeField,
  assigneeList,
  takeTarget,
  targetField,
  timeoutFields,
  timeoutProblems,
} from "@/core/workflow/waiting-fields";
import { notYet } from "@/core/workflow/not-yet";
import { objectSchemaProblems } from "@/core/schema/object-schema";
import { defineStep } from "@/steps/define-step";

export const collectFormDefinition = defineStep({
  type: "collect_form",
  aliases: ["form"],
  title: "Form",
  description: "Shows a form in the conversation, and waits for the answers.",
  icon: "clipboard-list",
  group: "people",
  color: "checkpoint",
  kind: "wait",
  available: true,
  implicitCase: "submitted",
  starter: { schema: { type: "object", properties: {} } },
  config: z.object({
    title: z.string().optional(),
    description: z.string().optional(),
    schema: z
      .record(z.string(), z.json())
      .describe("JSON Schema of the answers; it draws the form and checks what is sent"),
    values: z.record(z.string(), z.json()).optional().describe("Values that are filled in already; templates allowed"),
    deliverTo: notYet(z.enum(["conversation", "page", "both"]).default("conversation"), "page, a page of its own,"),
    assignTo: assigneeField.optional(),
    ...timeoutFields,
    onTimeout: z.enum(["fail"]).optional(),
  }),
  spellings: { form: "schema" },
  normalize: (raw, context) => takeTarget(raw, "onTimeout", "timed_out", { words: ["fail"], isNode: context.isNode }),
  writtenFields: { onTimeout: targetField },
  handles: () => [
    { id: "submitted", label: "Submitted", unlabelled: true },
    { id: "timed_out", label: "No answer in time", failsUnconnected: true },
  ],
  outputSchema: (config) => config.schema,
  jsonSchemas: ["schema"],
  summary: (config) => config.title ?? "Waits for a form",
  expressionSites: (config) => [
    { path: "title", kind: "template", value: config.title },
    { path: "description", kind: "template", value: config.description },
    { path: "values", kind: "template", value: config.values },
    { path: "assignTo", kind: "template", value: config.assignTo },
    { path: "timeout", kind: "template", value: config.timeout },
  ],
  assignees: (config) => (config.assignTo === undefined ? [] : assigneeList(config.assignTo, "")),
  asks: "form",
  answeredWith: "forms:submit",
  lint: (config, _node, { mayTalk }) => [
    ...timeoutProblems(config),
    ...reachProblems(config, mayTalk),
    ...objectSchemaProblems(config.schema).map((problem) => ({
      code: "invalid_config",
      severity: "error" as const,
      path: problem.path === "" ? "schema" : `schema.${problem.path}`,
      message: problem.message,
    })),
  ],
});
export type CollectFormConfig = z.output<typeof collectFormDefinition.config>;

/** Whether anybody gets to see the form. */
function reachProblems(
  { deliverTo, assignTo }: { deliverTo: "conversation" | "page" | "both"; assignTo?: unknown },
  mayTalk: boolean,
): Omit<Issue, "nodeId">[] {
  if (deliverTo === "page")
    return [
      {
        code: "unreachable_form",
        severity: "error",
        path: "deliverTo",
        message:
          "Forms have no page of their own yet, so nobody could open this one. Show it in the conversation, or ask with an intake form that starts the workflow.",
      },
    ];
  return mayTalk || assignTo !== undefined
    ? []
    : [
        {
          code: "unreachable_form",
          severity: "warning",
          path: "deliverTo",
          message:
            "Nothing that starts this workflow brings a conversation, so no customer is shown this form, and it stands in nobody's inbox. Say which member answers it; else a colleague must open it from the run's page.",
        },
      ];
}
