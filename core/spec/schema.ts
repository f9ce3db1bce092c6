import { z } from "zod";
import { commonFields, configShape } from "./node-fields";
import type { AnyStepDefinition, StepDefinitions } from "./step-definition";

/** `canonical`: exactly what is stored. `written`: also the other spellings that the importer reads. */
export type SpecDialect = "canonical" | "written";

/** The Zod schema of a whole spec, made from the step types. */
export function createSpecSchema(definitions: StepDefinitions, dialect: SpecDialect = "canonical"): z.ZodObject {
  const written = dialect === "written";
  const source = {
    "x-source": z
      .record(z.string(), z.json())
      .optional()
      .describe("How the document was written before it was imported"),
  };
  const edge = z.looseObject({
    from: z.string(),
    to: z.string(),
    case: written ? z.union([z.string(), z.boolean()]).optional() : z.string(),
    ...(written ? {} : source),
  });
  const scope = {
    startNodeId: written ? z.string().optional() : z.string(),
    nodes: z.array(z.lazy((): z.ZodType => node)),
    edges: written ? z.array(edge).optional() : z.array(edge),
    ...source,
  };
  const body = written ? z.looseObject(scope) : z.strictObject(scope);
  const node: z.ZodType = z.union(
    Object.values(definitions).map((definition) => nodeSchema(definition, dialect, body, source)),
  );
  const document = {
    specVersion: written ? z.literal(["1", 1]).optional() : z.literal("1"),
    inputSchema: z
      .record(z.string(), z.json())
      .optional()
      .describe("JSON Schema of the input: draws the form and checks every start"),
    ...scope,
  };
  return written ? z.looseObject({ $schema: z.string().optional(), ...document }) : z.strictObject(document);
}

function nodeSchema(
  definition: AnyStepDefinition,
  dialect: SpecDialect,
  body: z.ZodType,
  source: Record<string, z.ZodType>,
): z.ZodObject {
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
    ...source,
    type: z.enum(written ? spellings(definition) : [definition.type]).describe(definition.description),
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
