import type { Schema } from "@cfworker/json-schema";
import { asObject, type Json, type JsonObject } from "@/core/json";
import { compileSchema, type Compiled } from "@/core/schema/compiled-schema";
import { localTarget } from "@/core/schema/local-refs";
import { isStatedConsent } from "@/core/schema/consent";
import { withinSchemaBudget } from "@/core/schema/schema-budget";
import { usesKeyword } from "@/core/schema/schema-patterns";
import { isJsonObject, ownField } from "@/core/json-guard";

/** Defaults inside of defaults, and defaults in all: more is a schema whose defaults never end. */
const maxDepth = 32;
const maxDefaults = 10_000;

class Endless extends Error {}

/**
 * The value with the schema's defaults where a field is missing, in given objects and list items too. What is given, `null`
 * included, stays. Looks through local `$ref` and `allOf`, not into alternatives (`anyOf`, `oneOf`, `if`); a default that does
 * not fit its own schema is not used, and a schema that cannot be used, or whose defaults contain themselves, fills nothing.
 * Nobody's consent is filled in.
 * Filling again changes nothing.
 */
export function fillDefaults(schema: JsonObject, value: JsonObject): JsonObject {
  if (!usesKeyword(schema, "default")) return value;
  const compiled = compileSchema(schema);
  if (!compiled.ok) return value;
  try {
    return withinSchemaBudget(() => asObject(filler(compiled).fill(value, [compiled.root], 0)));
  } catch {
    return value;
  }
}

/** How the default of a schema does: it can be used, it does not fit, or it contains itself without end. */
export function defaultState(root: Extract<Compiled, { ok: true }>, holder: JsonObject): "fits" | "misfit" | "endless" {
  const { default: value } = holder;
  if (value === undefined) return "fits";
  try {
    const { fill, fits } = filler(root);
    return fits(fill(value, [holder], 1), [holder]) ? "fits" : "misfit";
  } catch (error) {
    return error instanceof Endless ? "endless" : "misfit";
  }
}

type Parts = readonly JsonObject[];

function filler(compiled: Extract<Compiled, { ok: true }>) {
  const root = compiled.root as JsonObject;
  let count = 0;

  /** With what is reached through `$ref` and `allOf`. */
  const spread = (schemas: readonly (Json | undefined)[]): Parts => {
    const all = new Set<JsonObject>(schemas.filter(isJsonObject));
    // Grows while it is walked.
    for (const { $ref, allOf } of all) {
      const target = typeof $ref === "string" ? localTarget(root, $ref) : undefined;
      for (const next of [target, ...(Array.isArray(allOf) ? allOf : [])]) if (isJsonObject(next)) all.add(next);
    }
    return [...all];
  };

  const fits = (value: Json, schemas: Parts): boolean =>
    schemas.every((schema) => compiled.errors(value, schema as Schema).length === 0);

  const fill = (value: Json, schemas: readonly (Json | undefined)[], depth: number): Json => {
    const parts = spread(schemas);
    if (parts.length === 0) return value;
    if (Array.isArray(value))
      return value.map((item, at) =>
        fill(
          item,
          parts.map((part) => itemSchema(part, at)),
          depth,
        ),
      );
    if (!isJsonObject(value)) return value;
    const of = (name: string): (Json | undefined)[] => parts.map((part) => memberSchema(part, name));
    const names = new Set(parts.flatMap((part) => Object.keys(asObject(part.properties))));
    return Object.fromEntries([
      ...Object.entries(value).map(([name, member]): [string, Json] => [name, fill(member, of(name), depth)]),
      ...[...names].flatMap((name): [string, Json][] => {
        if (Object.hasOwn(value, name)) return [];
        const inner = spread(of(name));
        if (inner.some(isStatedConsent)) return [];
        const initial = inner.find((part) => Object.hasOwn(part, "default"))?.default;
        if (initial === undefined) return [];
        count += 1;
        if (depth >= maxDepth || count > maxDefaults) throw new Endless();
        const filled = fill(structuredClone(initial), inner, depth + 1);
        return fits(filled, inner) ? [[name, filled]] : [];
      }),
    ]);
  };
  return { fill, fits };
}

function itemSchema({ prefixItems, items }: JsonObject, at: number): Json | undefined {
  const listed = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : [];
  return listed[at] ?? (Array.isArray(items) ? undefined : items);
}

/** A field beside `patternProperties` may be meant by any of them, so only named fields are looked into there. */
function memberSchema(part: JsonObject, name: string): Json | undefined {
  const own = ownField(asObject(part.properties), name);
  return own ?? (part.patternProperties === undefined ? part.additionalProperties : undefined);
}
