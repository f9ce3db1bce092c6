import type { Schema } from "@cfworker/json-schema";

const subschema = { $ref: "#/$defs/schema" };
const natural = { type: "integer", minimum: 0 };
const subschemas = { type: "object", additionalProperties: subschema };
const schemaList = { type: "array", minItems: 1, items: subschema };
const anything = {};

/** The keywords of JSON Schema (2020-12, and what older drafts and OpenAPI add), with what each takes where authors get it wrong. */
const keywords = {
  type: { anyOf: [{ $ref: "#/$defs/type" }, { type: "array", minItems: 1, items: { $ref: "#/$defs/type" } }] },
  properties: subschemas,
  patternProperties: subschemas,
  $defs: subschemas,
  dependentSchemas: subschemas,
  items: { anyOf: [subschema, { type: "array", items: subschema }] },
  additionalProperties: subschema,
  propertyNames: subschema,
  contains: subschema,
  not: subschema,
  if: subschema,
  then: subschema,
  else: subschema,
  allOf: schemaList,
  anyOf: schemaList,
  oneOf: schemaList,
  prefixItems: { type: "array", items: subschema },
  required: { type: "array", items: { type: "string" } },
  enum: { type: "array", minItems: 1 },
  pattern: { type: "string" },
  format: { type: "string" },
  title: { type: "string" },
  description: { type: "string" },
  $ref: { type: "string" },
  minimum: { type: "number" },
  maximum: { type: "number" },
  exclusiveMinimum: { type: "number" },
  exclusiveMaximum: { type: "number" },
  multipleOf: { type: "number", exclusiveMinimum: 0 },
  minLength: natural,
  maxLength: natural,
  minItems: natural,
  maxItems: natural,
  minProperties: natural,
  maxProperties: natural,
  uniqueItems: { type: "boolean" },
  const: anything,
  default: anything,
  example: anything,
  examples: anything,
  deprecated: anything,
  readOnly: anything,
  writeOnly: anything,
  nullable: { type: "boolean" },
  minContains: anything,
  maxContains: anything,
  additionalItems: anything,
  unevaluatedItems: anything,
  unevaluatedProperties: anything,
  dependencies: anything,
  dependentRequired: anything,
  definitions: anything,
  contentEncoding: anything,
  contentMediaType: anything,
  contentSchema: anything,
  $id: anything,
  id: anything,
  $schema: anything,
  $anchor: anything,
  $vocabulary: anything,
  $dynamicRef: anything,
  $dynamicAnchor: anything,
  $recursiveRef: anything,
  $recursiveAnchor: anything,
  $comment: anything,
};

/** The part of the 2020-12 meta-schema that authors get wrong. */
export const schemaShape: Schema = {
  $ref: "#/$defs/schema",
  $defs: {
    schema: { type: ["object", "boolean"], properties: keywords },
    type: { enum: ["array", "boolean", "integer", "null", "number", "object", "string"] },
  },
};

export const schemaKeywords: readonly string[] = Object.keys(keywords);

/** What a keyword holds, for whoever walks a schema. */
export const keywordHolds: ReadonlyMap<string, "schemas" | "schemas by name"> = new Map(
  Object.entries(keywords).flatMap(([keyword, shape]): [string, "schemas" | "schemas by name"][] => {
    if (shape === subschemas) return [[keyword, "schemas by name"]];
    const isSchema = shape === subschema || shape === schemaList || keyword === "items" || keyword === "prefixItems";
    return isSchema ? [[keyword, "schemas"]] : [];
  }),
);
