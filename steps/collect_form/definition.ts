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
import { asObject, type JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { askableSchema } from "@/core/schema/asked-schema";
import { attachmentProblem } from "@/core/schema/attachment";
import { canonicalAttachments } from "@/core/schema/canonical-attachments";
import { objectSchemaProblems } from "@/core/schema/object-schema";
import { isSecretQuestion } from "@/core/schema/secret-question";
import { subschemas } from "@/core/schema/subschemas";
import type { LintContext } from "@/core/workflow/step-definition";
import { defineStep } from "@/steps/define-step";

export const collectFormDefinition = defineStep({
  type: "collect_form",
  aliases: ["form"],
  title: "Form",
  description: "Shows a form in the conversation, on a page of its own or in an inbox, and waits for the answers.",
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
    deliverTo: z
      .enum(["conversation", "page", "both"])
      .default("conversation")
      .describe(
        "Where whoever is asked finds it. page: at an address of its own, which `run.form` gives; without a conversation it is always there",
      ),
    assignTo: assigneeField.optional(),
    ...timeoutFields,
    onTimeout: z.enum(["fail"]).optional(),
  }),
  spellings: { form: "schema" },
  normalize: (raw, context) =>
    takeTarget(withCanonicalFiles(raw), "onTimeout", "timed_out", { words: ["fail"], isNode: context.isNode }),
  writtenFields: { onTimeout: targetField },
  handles: () => [
    { id: "submitted", label: "Submitted", unlabelled: true },
    { id: "timed_out", label: "No answer in time", failsUnconnected: true },
  ],
  outputSchema: (config) => canonicalAttachments(config.schema),
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
  calendar: (config) => config.calendar ?? null,
  asks: "form",
  answeredWith: "forms:submit",
  opensPage: ({ assignTo }) => assignTo === undefined,
  lint: (config, node, context) => [
    ...timeoutProblems(config),
    ...reachProblems(config, node.id, context),
    ...unmarkedSecrets(config.schema, node.sensitive ?? []),
    ...[...objectSchemaProblems(config.schema), ...attachments(config.schema)].map((problem) => ({
      code: "invalid_config",
      severity: "error" as const,
      path: problem.path === "" ? "schema" : `schema.${problem.path}`,
      message: problem.message,
    })),
  ],
});
export type CollectFormConfig = z.output<typeof collectFormDefinition.config>;

/** Files and signatures in the one way that answers are kept in, however they were asked for. */
function withCanonicalFiles(raw: JsonObject): JsonObject {
  return isJsonObject(raw["schema"]) ? { ...raw, schema: canonicalAttachments(raw["schema"]) } : raw;
}

/** Whether anybody gets to see the form. */
function reachProblems(
  { deliverTo, assignTo }: { deliverTo: "conversation" | "page" | "both"; assignTo?: unknown },
  id: string,
  { mayTalk, isHandedOut = false }: LintContext,
): Omit<Issue, "nodeId">[] {
  const found = (severity: Issue["severity"], message: string) => [
    { code: "unreachable_form", severity, path: "deliverTo", message },
  ];
  if (assignTo !== undefined)
    return deliverTo === "page"
      ? found(
          "error",
          "Members answer this form, in their inbox: it has no page for others. Take away who answers it, or show it in the conversation.",
        )
      : [];
  if (isHandedOut) return [];
  const handOut = `Send the address of its page in a step before it, with \${run.form('${id}')}`;
  if (deliverTo === "page")
    return found(
      "warning",
      `No step says where the page of this form is, so nobody finds it unless a colleague copies its address from the run's page. ${handOut}.`,
    );
  return mayTalk
    ? []
    : found(
        "warning",
        `Nothing that starts this workflow brings a conversation, so no customer is shown this form, and it stands in nobody's inbox. ${handOut}, or say which member answers it; else a colleague must open it from the run's page.`,
      );
}

/** Secret answers that the run's page would show to colleagues. */
function unmarkedSecrets(schema: JsonObject, sensitive: readonly string[]): Omit<Issue, "nodeId">[] {
  return Object.entries(asObject(askableSchema(schema)["properties"])).flatMap(([name, part]) =>
    isSecretQuestion(asObject(part)) &&
    asObject(part)["x-sensitive"] !== true &&
    !["output", name, `output.${name}`].some((path) => sensitive.includes(path))
      ? [
          {
            code: "schema_advice",
            severity: "warning" as const,
            path: `schema.properties.${name}`,
            message: `Colleagues who may see the run can read this answer. To hide it from them too, switch on “Hidden in runs” at the question.`,
          },
        ]
      : [],
  );
}

/** Files that are asked for in a way that no form can take. */
function attachments(schema: JsonObject): { path: string; message: string }[] {
  return subschemas(schema).flatMap(({ schema: part, path }) => {
    const problem = attachmentProblem(part);
    return problem === null
      ? []
      : [{ path: [path, problem.at].filter((each) => each !== "").join("."), message: problem.message }];
  });
}
