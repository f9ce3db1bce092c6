import { z } from "zod";
import { decisive } from "./decisive";
import { withNotYet } from "./not-yet";
import { commonFields, configShape } from "./node-fields";
import type { AnyStepDefinition, StepDefinitions } from "./step-definition";
import type { Fields } from "./unknown-names";

/** `canonical`: exactly what is stored. `written`: also the other spellings that the importer reads. */
export type SpecDialect = "canonical" | "written";

const sourceRecord = {
  "x-source": z.record(z.string(), z.json()).optional().describe("How the document was written before it was imported"),
};

const documentFields = {
  specVersion: z.literal("1"),
  inputSchema: decisive(z.record(z.string(), z.json()))
    .optional()
    .describe("JSON Schema of the input: draws the form and checks every start"),
};

const edgeFields = { from: z.string(), to: z.string(), case: decisive(z.string()) };

function scopeFields(edge: z.ZodType, node: () => z.ZodType) {
  return { startNodeId: decisive(z.string()), nodes: z.array(z.lazy(node)), edges: z.array(edge) };
}

/** What stands around the steps: the fields of a document, of the body of a container, and of a connection. */
export const surroundings: Readonly<Record<"document" | "body" | "edge", Fields>> = {
  document: { ...documentFields, ...scopeFields(z.unknown(), z.unknown) },
  body: scopeFields(z.unknown(), z.unknown),
  edge: edgeFields,
};

/** The Zod schema of a whole spec, made from the step types. */
export function createSpecSchema(definitions: StepDefinitions, dialect: SpecDialect = "canonical"): z.ZodObject {
  return createSpecParts(definitions, dialect).spec;
}

/** The same with its parts: what stands in a container, any step, and each type of step. */
export function createSpecParts(
  definitions: StepDefinitions,
  dialect: SpecDialect,
): { spec: z.ZodObject; body: z.ZodObject; step: z.ZodType; steps: ReadonlyMap<string, z.ZodObject> } {
  const written = dialect === "written";
  const edge = written
    ? z.looseObject({ ...edgeFields, case: z.union([z.string(), z.boolean()]).optional() })
    : z.looseObject({ ...edgeFields, ...sourceRecord });
  const fields = scopeFields(edge, () => node);
  const scope = {
    ...fields,
    ...(written ? { startNodeId: z.string().optional(), edges: fields.edges.optional() } : {}),
    ...sourceRecord,
  };
  const body = written ? z.looseObject(scope) : z.strictObject(scope);
  const steps = new Map(
    Object.values(definitions).map((definition) => [definition.type, nodeSchema(definition, dialect, body)]),
  );
  const node: z.ZodType = z.union([...steps.values()]);
  const document = {
    ...documentFields,
    ...(written ? { specVersion: z.literal(["1", 1]).optional() } : {}),
    ...scope,
  };
  const spec = written ? z.looseObject({ $schema: z.string().optional(), ...document }) : z.strictObject(document);
  return { spec, body, step: node, steps };
}

function nodeSchema(definition: AnyStepDefinition, dialect: SpecDialect, body: z.ZodType): z.ZodObject {
  const written = dialect === "written";
  const target = z.strictObject({ next: z.string() });
  const own: Record<string, z.ZodType> = { ...configShape(definition) };
  if (definition.body !== undefined) own["body"] = body;
  const spelled = written ? Object.entries(definition.writtenFields ?? {}) : [];
  for (const [field, schema] of spelled)
    own[field] = own[field] === undefined ? schema.optional() : z.union([own[field], schema]);
  const fields = {
    ...commonFields,
    ...own,
    ...sourceRecord,
    type: z
      .enum(written ? spellings(definition) : [definition.type])
      .describe(definition.available ? definition.description : withNotYet(definition.description)),
    onError: written ? z.union([z.enum(["fail", "continue"]), target]).optional() : commonFields.onError,
  };
  return written ? z.looseObject(fields) : z.strictObject(fields);
}

/** The names of a type as the sources write them: `loop`, `Loop`; short ones in capitals too: `LLM`. */
function spellings({ type, aliases }: AnyStepDefinition): [string, ...string[]] {
  const names = [type, ...aliases].flatMap((name) => [
    name,
    name.slice(0, 1).toUpperCase() + name.slice(1),
    ...(name.length <= 4 ? [name.toUpperCase()] : []),
  ]);
  return [type, ...[...new Set(names)].filter((name) => name !== type)];
}
