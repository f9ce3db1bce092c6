import { z } from "zod";
import type { JsonObject } from "@/core/json";
import { createSpecSchema } from "./schema";
import type { SpecDialect } from "./schema";
import type { StepDefinitions } from "./step-definition";
import { triggerSchema, triggerTypes } from "./triggers";
import { operationalConfigSchema, workflowConfigSchema } from "./workflow-config";

/** JSON Schema (draft 2020-12) of a spec. By default it takes every spelling that the importer takes. */
export function specJsonSchema(definitions: StepDefinitions, dialect: SpecDialect = "written"): JsonObject {
  return toJsonSchema(createSpecSchema(definitions, dialect));
}

/** JSON Schema of a workflow file: what `$schema` in `workflows/*.json` points at. */
export function workflowJsonSchema(definitions: StepDefinitions): JsonObject {
  return toJsonSchema(
    z.looseObject({
      $schema: z.string().optional(),
      slug: z.string().optional().describe("Unique in the organization; used instead of the id"),
      name: z.string().optional(),
      description: z.string().nullable().optional(),
      triggers: z
        .array(triggerSchema.partial({ id: true }))
        .optional()
        .describe("What starts the workflow"),
      triggerType: z.enum(triggerTypes).nullable().optional(),
      triggerSpec: z.record(z.string(), z.json()).nullable().optional(),
      config: z.looseObject({ ...workflowConfigSchema.shape, ...operationalConfigSchema.shape }).optional(),
      spec: createSpecSchema(definitions, "written"),
    }),
  );
}

/** JSON Schema of what the builder edits, in the canonical form: spec, triggers and configuration. */
export function documentJsonSchema(definitions: StepDefinitions): JsonObject {
  return toJsonSchema(
    z.strictObject({
      spec: createSpecSchema(definitions, "canonical"),
      triggers: z.array(triggerSchema).describe("What starts the workflow"),
      config: workflowConfigSchema.describe("Limits, retries and variables of the workflow"),
    }),
  );
}

function toJsonSchema(schema: z.ZodType): JsonObject {
  // What zod makes is a JSON Schema document and so JSON.
  return JSON.parse(
    JSON.stringify(z.toJSONSchema(schema, { target: "draft-2020-12", io: "input", reused: "inline" })),
  ) as JsonObject;
}
