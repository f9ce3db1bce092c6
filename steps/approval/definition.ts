import { assigneeList, assigneeWords, takeTarget, targetField } from "@/core/workflow/waiting-fields";
import { defineStep } from "@/steps/define-step";
import { approvalConfig, approvalTimeoutWords } from "./config";
import { approvalProblems } from "./problems";

export type { ApprovalConfig } from "./config";

export const approvalDefinition = defineStep({
  type: "approval",
  aliases: ["human_approval"],
  title: "Approval",
  description: "Waits until somebody approves or rejects.",
  icon: "badge-check",
  group: "people",
  color: "checkpoint",
  kind: "wait",
  available: true,
  implicitCase: "approved",
  config: approvalConfig,
  spellings: { assignees: "assignTo", approvers: "assignTo" },
  normalize(raw, context) {
    const timeout = takeTarget(raw, "onTimeout", "timed_out", {
      words: approvalTimeoutWords,
      isNode: context.isNode,
    });
    const reject = takeTarget(timeout.fields, "onReject", "rejected", { words: ["fail"], isNode: context.isNode });
    return { fields: reject.fields, targets: [...timeout.targets, ...reject.targets] };
  },
  writtenFields: { onReject: targetField, onTimeout: targetField },
  handles: () => [
    { id: "approved", label: "Approved", unlabelled: true },
    { id: "rejected", label: "Rejected", failsUnconnected: true },
    { id: "timed_out", label: "Timed out", failsUnconnected: true },
  ],
  outputSchema: () => ({
    type: "object",
    properties: {
      decision: { type: "string", description: "approved, rejected or timed_out" },
      decidedBy: {
        type: "object",
        description: "Who decided; null when time ran out",
        properties: { id: { type: "string" }, name: { type: "string" }, email: { type: "string" } },
      },
      onBehalfOf: {
        type: "object",
        description: "In whose name it was decided; null when in nobody's but one's own",
        properties: { id: { type: "string" }, name: { type: "string" }, email: { type: "string" } },
      },
      comment: { type: "string", description: "Internal, for colleagues" },
      messageToRequester: { type: "string", description: "For the person who asked" },
      decidedAt: { type: "string", description: "ISO-8601, UTC" },
      votes: {
        type: "array",
        description: "What others said before the decision, where several people decide",
        items: {
          type: "object",
          properties: {
            id: { type: "string" },
            name: { type: "string" },
            decision: { type: "string" },
            at: { type: "string" },
            comment: { type: "string" },
          },
        },
      },
      edits: { type: "object", description: "Inputs that the approver changed" },
      rule: { type: "string", description: "Why these people were asked, where a table of approver rules said so" },
    },
    additionalProperties: false,
  }),
  summary: ({ rules, assignTo }) =>
    rules === undefined
      ? `Waiting for ${assigneeWords(assigneeList(assignTo, "role:operator"))}`
      : `Waiting for whoever the rule “${rules.table}” names`,
  expressionSites: (config) => [
    { path: "actionLabel", kind: "template", value: config.actionLabel },
    { path: "assignTo", kind: "template", value: config.assignTo },
    { path: "rules.values", kind: "template", value: config.rules?.values },
    { path: "context.headline", kind: "template", value: config.context?.headline },
    { path: "context.fields", kind: "template", value: config.context?.fields },
    // A bare path stands for its own template.
    ...(config.context?.fields ?? []).flatMap((value, index) =>
      typeof value === "string" && !value.includes("${")
        ? [{ path: `context.fields[${index}]`, kind: "expression" as const, value }]
        : [],
    ),
    { path: "escalateTo", kind: "template", value: config.escalateTo },
    { path: "timeout", kind: "template", value: config.timeout },
    ...(config.bindFields ?? []).map((value, index) => ({
      path: `bindFields[${index}]`,
      kind: "expression" as const,
      value,
    })),
  ],
  deciders: ({ quorum }) => ({
    atLeast: quorum?.mode === "count" ? (quorum.n ?? 1) : 1,
    inTurn: quorum?.mode === "sequence",
  }),
  assignees: ({ rules, assignTo }) => (rules === undefined ? assigneeList(assignTo, "role:operator") : []),
  asksOutside: ({ outside }) => outside === true,
  approverRule: ({ rules }) => (rules === undefined ? null : { table: rules.table, values: Object.keys(rules.values) }),
  standIns: (config) => (config.onTimeout === "escalate" ? assigneeList(config.escalateTo, "") : []).filter(Boolean),
  calendar: (config) => config.calendar ?? null,
  asks: "approval",
  decides: { yes: "approved", no: "rejected" },
  answeredWith: "approvals:decide",
  lint: approvalProblems,
});
