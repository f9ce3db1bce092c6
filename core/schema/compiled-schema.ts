import { dereference, validate, type OutputUnit, type Schema } from "@cfworker/json-schema";
import { asObject, type Json } from "@/core/json";
import { asPatternUnit, countUses, movePattern } from "@/core/schema/counted-schema";
import { withoutHarmlessEscapes } from "@/core/schema/harmless-escapes";
import {
  badPatterns,
  patternsIn,
  usesKeyword,
  type FoundPattern,
  type SchemaIssue,
} from "@/core/schema/schema-patterns";
import { tooMuchToCheck, withinSchemaBudget } from "@/core/schema/schema-budget";
import { subschemas } from "@/core/schema/subschemas";
import { isJsonObject } from "@/core/json-guard";

/** A schema that values can be checked with. */
export type Compiled =
  | {
      ok: true;
      /** As the validator takes it. */
      root: Schema;
      patterns: FoundPattern[];
      hasUniqueItems: boolean;
      /** What does not fit, for the whole or for a schema in it. Throws where references have no end, and where the check costs too much. */
      errors: (value: Json, part?: Schema) => OutputUnit[];
    }
  | { ok: false; issues: SchemaIssue[] };

const compiledSchemas = new WeakMap<object, Compiled>();

export function compileSchema(schema: object): Compiled {
  const known = compiledSchemas.get(schema);
  if (known) return known;
  const compiled = compileNew(schema);
  // What was too much together with others may do by itself.
  if (compiled !== tooMuch) compiledSchemas.set(schema, compiled);
  return compiled;
}

/** A schema is made ready for checking at every start of a run: more would take longer than the check itself. */
const maxParts = 3_000;
const tooMuch: Compiled = {
  ok: false,
  issues: [
    {
      path: "",
      message:
        "The schema cannot be used: its patterns ask for more checks than are made at once. Use fewer patterns, or smaller numbers in { }.",
    },
  ],
};
const tooManyParts: Compiled = {
  ok: false,
  issues: [
    {
      path: "",
      message: `The schema has more than ${maxParts.toLocaleString("en-US")} parts, the most that can be checked. Leave some out, or describe repeated parts once under $defs.`,
    },
  ],
};

function compileNew(schema: object): Compiled {
  if (subschemas(schema).length > maxParts) return tooManyParts;
  try {
    const patterns = patternsIn(schema);
    const issues = badPatterns(patterns);
    if (issues.length > 0) return { ok: false, issues };
    const root = translated(schema);
    const parts = subschemas(root);
    const lookup = dereference(root);
    for (const { schema: part } of parts) countUses(part);
    return {
      ok: true,
      root,
      patterns,
      hasUniqueItems: usesKeyword(schema, "uniqueItems"),
      errors: (value, part = root) =>
        withinSchemaBudget(() => validate(value, part, "2020-12", lookup, false).errors.map(asPatternUnit)),
    };
  } catch (error) {
    if (error === tooMuchToCheck) return tooMuch;
    return {
      ok: false,
      issues: [{ path: "", message: `The schema cannot be used: ${reason(error)}. Correct the schema.` }],
    };
  }
}

/** A copy, because the validator writes into the schema, in the words that the validator knows. */
function translated(schema: object): Schema {
  const copy = JSON.parse(JSON.stringify(schema)) as Schema;
  for (const { schema: part } of subschemas(copy)) {
    // The check of the non-standard format `url` can take exponential time, while that of `uri` cannot.
    if (part.format === "url") part.format = "uri";
    if (typeof part.pattern === "string") part.pattern = withoutHarmlessEscapes(part.pattern);
    if (isJsonObject(part.patternProperties))
      part.patternProperties = Object.fromEntries(
        Object.entries(asObject(part.patternProperties)).map(([source, inner]) => [
          withoutHarmlessEscapes(source),
          inner,
        ]),
      );
    movePattern(part);
    // OpenAPI's way to say that a value may be null.
    if (part.nullable === true && part.type !== undefined) {
      part.type = [...new Set([part.type, "null"].flat())];
      if (Array.isArray(part.enum) && !part.enum.includes(null)) part.enum = [...part.enum, null];
    }
  }
  return copy;
}

/** Why a schema cannot be used, as half a sentence. */
export function reason(error: unknown): string {
  if (error === tooMuchToCheck) return tooMuchToCheck.message;
  if (error instanceof RangeError) return "it refers to itself without end, or the value is nested too deeply";
  const message = error instanceof Error ? error.message : "";
  const [, target] = /^Unresolved \$ref "([^"]*)"/.exec(message) ?? [];
  if (target !== undefined) return `"${target}" refers to something that is not in it`;
  if (message.startsWith("Duplicate")) return 'two parts of it have the same "$id"';
  if (message.startsWith("Invalid URL")) return 'an "$id" or "$ref" in it is no web address';
  return "it is not made as a schema has to be";
}
