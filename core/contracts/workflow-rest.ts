import { z } from "zod";
import { versionNumber } from "./version-number";
import { admittedJson, admittedObject } from "./admitted-json";
import { errorDetailSchema } from "./error";
import { unknownFields } from "@/core/plain-problem";
import { isMisspelling } from "@/core/nearest";
import { documentKeys } from "@/core/workflow/workflow-document";
import { workflowStatuses } from "./workflow";

const known: ReadonlySet<string> = new Set(documentKeys);

/** The definition family on the wire (source K's style): camelCase in `{"data": …}`, ids in their shown form. */
export const workflowListObjectSchema = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  status: z.enum(workflowStatuses),
  triggerType: z.string().nullable().describe("Of the first trigger"),
  version: z.number().int(),
  _count: z.object({ executions: z.number().int() }),
});

const triggerObjectSchema = z.looseObject({
  id: z.string(),
  type: z.string(),
  url: z.string().optional().describe("Of a webhook, for those who may change the workflow"),
  hasSecret: z.boolean().optional(),
});

export const workflowObjectSchema = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    spec: z
      .record(z.string(), z.json())
      .describe("In the spelling of its author; ?format=canonical gives the stored form"),
    triggerType: z.string().nullable(),
    triggerSpec: z.record(z.string(), z.json()).nullable(),
    status: z.enum(workflowStatuses),
    version: z.number().int().describe("The newest version"),
    createdAt: z.string(),
    updatedAt: z.string(),
    triggers: z.array(triggerObjectSchema),
    config: z.looseObject({ enabled: z.boolean(), whileDraft: z.enum(["serve_published", "block"]) }),
    publishedVersion: z.number().int().nullable().describe("The one that new runs take"),
  })
  .meta({ id: "Workflow" });

/** Taken in any spelling and read by the importer; the reference describes it as the component of that name. */
const writtenSpec = admittedJson.meta({ "x-component": "Spec" });

const documentFields = {
  slug: z.string().max(100).optional(),
  name: z.string().max(200).optional(),
  description: z.string().max(10_000).nullable().optional(),
  triggers: admittedJson
    .optional()
    .describe("What starts the workflow; a webhook may have a secret, which is never shown again"),
  triggerType: admittedJson.optional(),
  triggerSpec: admittedJson.optional(),
  config: admittedJson
    .optional()
    .describe(
      "Settings. whileDraft says what triggers do while changes are not published: block (what a workflow made over this API begins with: they are refused with workflow_draft) or serve_published (what one made in the builder begins with)",
    ),
};

/** A whole document: fields that are not known are kept and exported again, except slips of the finger. */
export const createWorkflowSchema = z
  .looseObject({
    ...documentFields,
    reviewRequired: z.boolean().optional().describe("True: publishing waits for a second person from the beginning"),
    spec: writtenSpec,
  })
  .superRefine((given, context) => {
    for (const name of Object.keys(given).filter(isSlip))
      context.addIssue({
        code: "unrecognized_keys",
        keys: [name],
        message: unknownFields([name], documentKeys),
        continue: true,
      });
  });

function isSlip(name: string): boolean {
  return !known.has(name) && documentKeys.some((key) => isMisspelling(name, key));
}

const moved = (how: string) => z.never({ error: `It is not changed like this. ${how}` }).optional();

/** What is left out stays; what nobody may set is refused. */
export const changeWorkflowSchema = z.strictObject({
  ...documentFields,
  spec: writtenSpec.optional(),
  reviewRequired: moved("Owners and admins switch it in the Configuration tab."),
  status: moved("Publish or retire the workflow, or set config.enabled."),
  version: moved("Every change of spec, triggers or config counts it up; go back with rollback."),
});
export const validateWorkflowSchema = z.looseObject({ ...documentFields, spec: writtenSpec });

export const workflowAnswerSchema = z.object({ data: z.object({ workflow: workflowObjectSchema }) });
export const savedWorkflowAnswerSchema = z.object({
  data: z.object({ workflow: workflowObjectSchema, issues: z.array(errorDetailSchema) }),
});

export const versionObjectSchema = z.object({
  number: z.number().int(),
  note: z.string(),
  isCurrent: z.boolean().describe("New runs take it"),
  author: z.string(),
  createdAt: z.string(),
  publishedAt: z.string().nullable(),
  openRuns: z.number().int(),
});

export const versionDetailObjectSchema = versionObjectSchema.extend({
  spec: z.record(z.string(), z.json()),
  triggers: z.array(triggerObjectSchema),
  config: z.record(z.string(), z.json()),
});

const namesSchema = z.object({
  added: z.array(z.string()),
  removed: z.array(z.string()),
  changed: z.array(z.string()),
});

/** Step ids (those in loops as `loop/step`), edges as `from -case-> to`, trigger ids, names of settings. */
export const versionDiffSchema = z.object({
  nodes: namesSchema,
  edges: namesSchema,
  triggers: namesSchema,
  config: namesSchema,
  inputSchema: z.boolean().describe("Whether the input schema changed"),
  changes: z
    .array(
      z.object({
        kind: z.enum(["added", "removed", "changed"]),
        subject: z.enum(["step", "connection", "trigger", "setting", "input"]),
        id: z.string(),
        text: z.string().describe('As people say it: "Deadline of Manager approval: 24 hours, now 2 days"'),
      }),
    )
    .describe("The same as sentences, in the order of the page that compares versions"),
});
export type VersionDiff = z.output<typeof versionDiffSchema>;

export const executionObjectSchema = z.object({
  id: z.string(),
  status: z.string(),
  version: z.number().int(),
  triggerType: z.string(),
  failureReason: z.string().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
});

export const startedExecutionSchema = z.object({
  id: z.string(),
  status: z.string(),
  version: z.number().int(),
  callbackSecret: z
    .string()
    .optional()
    .describe(
      "Only with a callbackUrl: the secret (Standard Webhooks, whsec_…) that signs this run's calls to it. Keep it to verify them.",
    ),
});

export const startExecutionSchema = z.strictObject({
  input: admittedObject.default({}),
  callbackUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  version: versionNumber.optional().describe("One that was published before; default the live one"),
});
