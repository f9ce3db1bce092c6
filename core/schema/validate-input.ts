import { Validator, type OutputUnit } from "@cfworker/json-schema";
import type { Json, JsonObject } from "@/core/json";
import { compileSchema, reason } from "@/core/schema/compiled-schema";
import { defaultState } from "@/core/schema/fill-defaults";
import { referenceIssues } from "@/core/schema/local-refs";
import { plainMessage } from "@/core/schema/plain-message";
import { tooMuchToCheck, withinSchemaBudget } from "@/core/schema/schema-budget";
import { schemaShape } from "@/core/schema/schema-shape";
import { hugeLists, spendOnNames, tooLongNames, type SchemaIssue } from "@/core/schema/schema-patterns";
import { subschemas } from "@/core/schema/subschemas";
import { isJsonObject } from "@/core/json-guard";

export type { SchemaIssue } from "@/core/schema/schema-patterns";

/**
 * What is wrong with a value according to a JSON Schema (2020-12), in plain words; empty when it fits. Interprets the
 * schema, generates no code, and never throws.
 */
export function validateAgainstSchema(schema: JsonObject, value: Json): SchemaIssue[] {
  return withinSchemaBudget(() => misfits(schema, value));
}

function misfits(schema: JsonObject, value: Json): SchemaIssue[] {
  try {
    const compiled = compileSchema(schema);
    if (!compiled.ok) return compiled.issues;
    spendOnNames(compiled.patterns, value);
    const tooBig = [...tooLongNames(compiled.patterns, value), ...(compiled.hasUniqueItems ? hugeLists(value) : [])];
    if (tooBig.length > 0) return tooBig;
    const errors = compiled.errors(value);
    return errors.length === 0 ? [] : plainIssues(errors, compiled.root);
  } catch (error) {
    if (error === tooMuchToCheck)
      return [
        {
          path: "",
          message:
            "There is too much to check here at once. Send less of it, or simplify the schema: fewer alternatives and references inside each other.",
        },
      ];
    return [{ path: "", message: `The schema cannot be used: ${reason(error)}. Correct the schema.` }];
  }
}

/** What is wrong with a schema itself; empty when it can be used. */
export function checkSchema(schema: unknown): SchemaIssue[] {
  return withinSchemaBudget(() => schemaProblems(schema));
}

function schemaProblems(schema: unknown): SchemaIssue[] {
  if (!isJsonObject(schema))
    return [{ path: "", message: 'A schema is an object such as {"type": "object", "properties": {}}.' }];
  const shape = new Validator(schemaShape, "2020-12", false).validate(schema);
  const issues = shape.valid
    ? []
    : shape.errors.filter(isLeaf).map((unit) => ({
        path: pathOf(unit.instanceLocation),
        message: "This is not valid in a JSON Schema. Check the keyword's value.",
      }));
  if (issues.length > 0) return unique(issues);
  const references = [...referenceIssues(schema), ...nullableIssues(schema)];
  if (references.length > 0) return references;
  const compiled = compileSchema({ ...schema });
  if (!compiled.ok) return compiled.issues;
  try {
    // Some of what cannot be used only shows when it is.
    for (const sample of [{}, [], "", 0]) compiled.errors(sample);
  } catch (error) {
    return [{ path: "", message: `The schema cannot be used: ${reason(error)}. Simplify it.` }];
  }
  return subschemas(compiled.root).flatMap(({ schema: part, path }) =>
    defaultState(compiled, part) === "endless"
      ? [
          {
            path: path === "" ? "default" : `${path}.default`,
            message: "This default contains itself without end. Remove one of the defaults that it is made of.",
          },
        ]
      : [],
  );
}

/** What is worth a thought in a schema that can be used. */
export function schemaAdvice(schema: unknown): SchemaIssue[] {
  return withinSchemaBudget(() => advice(schema));
}

function advice(schema: unknown): SchemaIssue[] {
  if (!isJsonObject(schema) || checkSchema(schema).length > 0) return [];
  const compiled = compileSchema({ ...schema });
  if (!compiled.ok) return [];
  const draft = schema.$schema;
  const isOther = typeof draft === "string" && !/^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/.test(draft);
  return [
    ...(isOther
      ? [
          {
            path: "$schema",
            message: `Schemas are read as JSON Schema 2020-12, whatever this says (${draft.slice(0, 100)}). Check keywords that other drafts read in another way, such as "items" with a list.`,
          },
        ]
      : []),
    ...subschemas(compiled.root).flatMap(({ schema: part, path }) =>
      defaultState(compiled, part) === "misfit"
        ? [
            {
              path: path === "" ? "default" : `${path}.default`,
              message:
                "This default does not fit what its own field allows, so it is never filled in. Correct or remove it.",
            },
          ]
        : [],
    ),
  ];
}

function nullableIssues(schema: JsonObject): SchemaIssue[] {
  return subschemas(schema).flatMap(({ schema: { nullable, type }, path }) =>
    nullable === true && type === undefined
      ? [
          {
            path: path === "" ? "nullable" : `${path}.nullable`,
            message: '"nullable" needs a "type" beside it. Write {"anyOf": [{…}, {"type": "null"}]} instead.',
          },
        ]
      : [],
  );
}

/** These only say that something below them is wrong, which is reported itself. */
const wrappers: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "additionalProperties",
  "unevaluatedProperties",
  "items",
  "prefixItems",
  "additionalItems",
  "unevaluatedItems",
  "allOf",
  "$ref",
  "$dynamicRef",
  "$recursiveRef",
  "if",
  "dependentSchemas",
]);

function isLeaf(unit: OutputUnit): boolean {
  if (wrappers.has(unit.keyword)) return false;
  // Inside alternatives, why each one failed is noise next to "none fits".
  return !/\/(anyOf|oneOf|not|contains|propertyNames)\//.test(unit.keywordLocation);
}

function plainIssues(errors: readonly OutputUnit[], schema: unknown): SchemaIssue[] {
  const leaves = errors.filter(isLeaf);
  const shown = leaves.length > 0 ? leaves : errors.slice(0, 1);
  return unique(shown.map((unit) => ({ path: placeOf(unit), message: plainMessage(unit, schema) }))).slice(0, 100);
}

function unique(issues: readonly SchemaIssue[]): SchemaIssue[] {
  const seen = new Set<string>();
  return issues.filter(({ path, message }) => !seen.has(`${path}\n${message}`) && seen.add(`${path}\n${message}`));
}

/** What is missing is wrong at its own place, not at the object around it. */
function placeOf({ keyword, instanceLocation, error }: OutputUnit): string {
  const holder = pathOf(instanceLocation);
  const missing = keyword === "required" ? /"(.+)"/.exec(error)?.[1] : undefined;
  if (missing === undefined) return holder;
  return holder === "" ? missing : `${holder}.${missing}`;
}

/** `#/items/0/name` → `items[0].name`. */
function pathOf(pointer: string): string {
  return pointer
    .replace(/^#\/?/, "")
    .split("/")
    .filter((part) => part !== "")
    .map((part) => decode(part).replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path === "" ? part : `${path}.${part}`), "");
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
