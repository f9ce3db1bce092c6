import { z } from "zod";
import { asObject, type JsonObject } from "@/core/json";
import { createSpecParts, createSpecSchema } from "./schema";
import type { SpecDialect } from "./schema";
import type { StepDefinitions } from "./step-definition";
import type { TriggerDefinitions } from "./trigger-definition";
import { triggerSchema } from "./triggers";
import { operationalConfigSchema, workflowConfigSchema } from "./workflow-config";

/** JSON Schema (draft 2020-12) of a spec. By default it takes every spelling that the importer takes. */
export function specJsonSchema(definitions: StepDefinitions, dialect: SpecDialect = "written"): JsonObject {
  return toJsonSchema(createSpecSchema(definitions, dialect));
}

/** JSON Schema of a workflow file: what `$schema` in `workflows/*.json` points at. */
export function workflowJsonSchema(definitions: StepDefinitions, triggers: TriggerDefinitions): JsonObject {
  return toJsonSchema(
    z.looseObject({
      $schema: z.string().optional(),
      slug: z.string().optional().describe("Unique in the organization; used instead of the id"),
      name: z.string().optional(),
      description: z.string().nullable().optional(),
      triggers: z
        .array(triggerSchema(triggers).partial({ id: true }))
        .optional()
        .describe("What starts the workflow"),
      triggerType: z.enum(Object.keys(triggers)).nullable().optional(),
      triggerSpec: z.record(z.string(), z.json()).nullable().optional(),
      config: z.looseObject({ ...workflowConfigSchema.shape, ...operationalConfigSchema.shape }).optional(),
      spec: createSpecSchema(definitions, "written"),
    }),
  );
}

/** JSON Schema of what the builder edits, in the canonical form: spec, triggers and configuration. */
export function documentJsonSchema(definitions: StepDefinitions, triggers: TriggerDefinitions): JsonObject {
  return toJsonSchema(
    z.strictObject({
      spec: createSpecSchema(definitions, "canonical"),
      triggers: z.array(triggerSchema(triggers)).describe("What starts the workflow"),
      config: workflowConfigSchema.describe("Limits, retries and variables of the workflow"),
    }),
  );
}

/** The schemas of a spec and of each type of step by name, as parts of a larger document: `place` says where one stands in it. */
export function specComponents(definitions: StepDefinitions, place: (name: string) => string): JsonObject {
  const { spec, body, step, steps } = createSpecParts(definitions, "written");
  const named = z.registry<{ id: string }>();
  named.add(spec, { id: "Spec" });
  named.add(body, { id: "StepsOfContainer" });
  named.add(step, { id: "Step" });
  for (const [type, schema] of steps) named.add(schema, { id: `${pascal(type)}Step` });
  const made = z.toJSONSchema(named, { target: "draft-2020-12", io: "input", reused: "inline", uri: place });
  // What zod makes is a JSON Schema document and so JSON.
  const { __shared: shared, ...schemas } = JSON.parse(JSON.stringify(made.schemas)) as Record<string, JsonObject>;
  const parts = sharedParts(asObject(shared?.["$defs"]), place);
  return Object.fromEntries(
    [...Object.entries(schemas), ...parts.definitions].map(([name, { $schema: _, $id: __, ...schema }]) => [
      name,
      parts.renamed(schema),
    ]),
  );
}

/** Parts that several schemas share and that have no name of their own; those that say the same are one. */
function sharedParts(shared: JsonObject, place: (name: string) => string) {
  const reference = (name: string): string => `${place("__shared")}#/$defs/${name}`;
  const names = new Map<string, string>();
  const byText = new Map<string, string>();
  for (const [name, schema] of Object.entries(shared)) {
    const text = JSON.stringify(schema).replaceAll(`"${reference(name)}"`, '"#"');
    const known = byText.get(text) ?? (text === anyJson ? "AnyJson" : `SpecPart${String(byText.size + 1)}`);
    byText.set(text, known);
    names.set(name, known);
  }
  return {
    definitions: [...byText].map(([text, name]): [string, JsonObject] => [
      name,
      JSON.parse(text.replaceAll('"#"', JSON.stringify(place(name)))) as JsonObject,
    ]),
    renamed: (schema: JsonObject): JsonObject => {
      let text = JSON.stringify(schema);
      for (const [name, known] of names) text = text.replaceAll(`"${reference(name)}"`, JSON.stringify(place(known)));
      return JSON.parse(text) as JsonObject;
    },
  };
}

const { $schema: _dialect, ...jsonItself } = toJsonSchema(z.json());
const anyJson = JSON.stringify(jsonItself);

/** `collect_form` as `CollectForm`. */
function pascal(type: string): string {
  return type.replace(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase());
}

function toJsonSchema(schema: z.ZodType): JsonObject {
  // What zod makes is a JSON Schema document and so JSON.
  return JSON.parse(
    JSON.stringify(z.toJSONSchema(schema, { target: "draft-2020-12", io: "input", reused: "inline" })),
  ) as JsonObject;
}
