import { z } from "zod";
import { admittedJson, admittedObject } from "./admitted-json";
import { errorDetailSchema } from "./error";
import { workflowStatuses } from "./workflow";

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

export const workflowObjectSchema = z.object({
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
});

const documentFields = {
  slug: z.string().max(100).optional(),
  name: z.string().max(200).optional(),
  description: z.string().max(10_000).nullable().optional(),
  triggers: admittedJson
    .optional()
    .describe("What starts the workflow; a webhook may have a secret, which is never shown again"),
  triggerType: admittedJson.optional(),
  triggerSpec: admittedJson.optional(),
  config: admittedJson.optional(),
};

/** A whole document: fields that are not known are kept and exported again. */
export const createWorkflowSchema = z.looseObject({
  ...documentFields,
  reviewRequired: z.boolean().optional().describe("True: publishing waits for a second person from the beginning"),
  spec: admittedJson,
});
const moved = (how: string) => z.never({ error: `It is not changed like this. ${how}` }).optional();

/** What is left out stays; what nobody may set is refused. */
export const changeWorkflowSchema = z.strictObject({
  ...documentFields,
  spec: admittedJson.optional(),
  reviewRequired: moved("Owners and admins switch it in the Configuration tab."),
  status: moved("Publish or retire the workflow, or set config.enabled."),
  version: moved("Every change of spec, triggers or config counts it up; go back with rollback."),
});
export const validateWorkflowSchema = z.looseObject({ ...documentFields, spec: admittedJson });

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
  version: z.int().positive().optional().describe("One that was published before; default the live one"),
});
