import { Validator, type OutputUnit, type Schema } from "@cfworker/json-schema";
import type { Json, JsonObject } from "@/core/json";
import { plainMessage } from "@/core/schema/plain-message";
import { schemaShape } from "@/core/schema/schema-shape";
import {
  badPatterns,
  hugeLists,
  patternsIn,
  tooLongTexts,
  usesKeyword,
  type FoundPattern,
  type SchemaIssue,
} from "@/core/schema/schema-patterns";

export type { SchemaIssue } from "@/core/schema/schema-patterns";

/**
 * What is wrong with a value according to a JSON Schema (2020-12), in plain words; empty when it fits. Interprets the
 * schema, generates no code, and never throws.
 */
export function validateAgainstSchema(schema: JsonObject, value: Json): SchemaIssue[] {
  const compiled = compile(schema);
  if (!compiled.ok) return compiled.issues;
  const tooBig = [...tooLongTexts(compiled.patterns, value), ...(compiled.hasUniqueItems ? hugeLists(value) : [])];
  if (tooBig.length > 0) return tooBig;
  try {
    const result = compiled.validator.validate(value);
    return result.valid ? [] : plainIssues(result.errors, schema);
  } catch (error) {
    return [{ path: "", message: `The schema cannot be used: ${reason(error)}. Correct the schema.` }];
  }
}

/** What is wrong with a schema itself; empty when it can be used. */
export function checkSchema(schema: unknown): SchemaIssue[] {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema))
    return [{ path: "", message: 'A schema is an object such as {"type": "object", "properties": {}}.' }];
  const shape = new Validator(schemaShape, "2020-12", false).validate(schema);
  const issues = shape.valid
    ? []
    : shape.errors.filter(isLeaf).map((unit) => ({
        path: pathOf(unit.instanceLocation),
        message: "This is not valid in a JSON Schema. Check the keyword's value.",
      }));
  if (issues.length > 0) return unique(issues);
  const compiled = compile({ ...schema });
  if (!compiled.ok) return compiled.issues;
  try {
    // A dangling or endless `$ref` only shows when it is followed.
    for (const sample of [{}, [], "", 0]) compiled.validator.validate(sample);
    return [];
  } catch (error) {
    return [{ path: "", message: `The schema cannot be used: ${reason(error)}.` }];
  }
}

type Compiled =
  | { ok: true; validator: Validator; patterns: FoundPattern[]; hasUniqueItems: boolean }
  | { ok: false; issues: SchemaIssue[] };

const compiledSchemas = new WeakMap<object, Compiled>();

function compile(schema: JsonObject | Record<string, unknown>): Compiled {
  const known = compiledSchemas.get(schema);
  if (known) return known;
  const compiled = compileNew(schema);
  compiledSchemas.set(schema, compiled);
  return compiled;
}

function compileNew(schema: object): Compiled {
  const patterns = patternsIn(schema);
  const issues = badPatterns(patterns);
  if (issues.length > 0) return { ok: false, issues };
  try {
    // A copy, because the validator writes into the schema; and its check of the non-standard format `url` can take
    // exponential time, while `uri` cannot.
    const copy = JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
      key === "format" && value === "url" ? "uri" : value,
    ) as Schema;
    return {
      ok: true,
      validator: new Validator(copy, "2020-12", false),
      patterns,
      hasUniqueItems: usesKeyword(schema, "uniqueItems"),
    };
  } catch (error) {
    return {
      ok: false,
      issues: [{ path: "", message: `The schema cannot be used: ${reason(error)}. Correct the schema.` }],
    };
  }
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

function plainIssues(errors: readonly OutputUnit[], schema: JsonObject): SchemaIssue[] {
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

function reason(error: unknown): string {
  if (error instanceof RangeError) return "it refers to itself without end, or the value is nested too deeply";
  const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  return message.replace(/\.$/, "");
}
