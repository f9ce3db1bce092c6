import { z } from "zod";
import {
  assigneeField,
  assigneeList,
  assigneeWords,
  takeTarget,
  targetField,
  timeoutFields,
  timeoutProblems,
} from "@/core/workflow/waiting-fields";
import { defineStep } from "@/steps/define-step";

export const humanHandoffDefinition = defineStep({
  type: "human_handoff",
  aliases: ["handoff"],
  title: "Hand over to a person",
  description: "Hands the conversation to an operator and waits until it is handed back.",
  icon: "headset",
  group: "people",
  color: "checkpoint",
  kind: "wait",
  available: true,
  implicitCase: "returned",
  config: z.object({
    assignTo: assigneeField.optional(),
    summary: z.string().optional().describe("What the operator should know"),
    message: z.string().optional().describe("What the customer is told"),
    ...timeoutFields,
    onTimeout: z.enum(["fail"]).optional(),
  }),
  spellings: { team: "assignTo", role: "assignTo" },
  normalize: (raw, context) => takeTarget(raw, "onTimeout", "timed_out", { words: ["fail"], isNode: context.isNode }),
  writtenFields: { onTimeout: targetField },
  handles: () => [
    { id: "returned", label: "Handed back", unlabelled: true },
    { id: "timed_out", label: "Nobody in time", failsUnconnected: true },
  ],
  outputSchema: () => ({
    type: "object",
    properties: {
      resolution: { type: "string", description: "How the operator closed it" },
      note: { type: "string", description: "What the operator noted" },
      output: { description: "What the operator's system gave back with it, null when nothing" },
    },
    additionalProperties: false,
  }),
  summary: (config) => `To ${assigneeWords(assigneeList(config.assignTo, "role:operator"))}`,
  expressionSites: (config) => [
    { path: "assignTo", kind: "template", value: config.assignTo },
    { path: "summary", kind: "template", value: config.summary },
    { path: "message", kind: "template", value: config.message },
    { path: "timeout", kind: "template", value: config.timeout },
  ],
  assignees: (config) => assigneeList(config.assignTo, "role:operator"),
  calendar: (config) => config.calendar ?? null,
  asks: "handoff",
  answeredWith: "handoffs:resolve",
  lint: (config) => timeoutProblems(config),
});
export type HumanHandoffConfig = z.output<typeof humanHandoffDefinition.config>;
