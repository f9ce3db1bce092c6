import { asObject, type Json, type JsonObject } from "@/core/json";
import type { SchemaIssue } from "@/core/schema/schema-patterns";
import { subschemas, type Subschema } from "@/core/schema/subschemas";
import { isJsonObject } from "@/core/json-guard";
import { suggestion } from "@/core/nearest";

/** What `#`, `#/$defs/item` or `#anchor` points to in a schema; undefined when nothing is there. */
export function localTarget(root: JsonObject, reference: string): Json | undefined {
  if (reference === "#") return root;
  if (!reference.startsWith("#")) return undefined;
  if (!reference.startsWith("#/"))
    return subschemas(root).find(({ schema }) => schema.$anchor === reference.slice(1))?.schema;
  let target: Json | undefined = root;
  for (const part of reference.slice(2).split("/")) {
    const key = decoded(part).replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof target !== "object" || target === null || !Object.hasOwn(target, key)) return undefined;
    target = Array.isArray(target) ? target[Number(key)] : target[key];
  }
  return target;
}

/** References that lead nowhere, outside, or back to themselves without end. */
export function referenceIssues(root: JsonObject): SchemaIssue[] {
  const parts = subschemas(root);
  const named = parts.filter(({ schema }) => typeof schema.$id === "string");
  // Inside a schema with an address of its own, references are read from there: the validator finds out.
  if (named.some(({ path }) => path !== "")) return [];
  const schemas = new Set<Json>(parts.map(({ schema }) => schema));
  const issues = parts.flatMap(({ schema: { $ref }, path }): SchemaIssue[] => {
    if (typeof $ref !== "string" || $ref === root.$id) return [];
    const here = path === "" ? "$ref" : `${path}.$ref`;
    if (!$ref.startsWith("#"))
      return [
        {
          path: here,
          message: `"${$ref}" stands outside of this schema, and nothing is fetched. Copy it into "$defs" here and refer to it as "#/$defs/…".`,
        },
      ];
    const target = localTarget(root, $ref);
    if (typeof target === "boolean" || (target !== undefined && schemas.has(target))) return [];
    const known = ["$defs", "definitions"].flatMap((holder) =>
      Object.keys(asObject(root[holder])).map((name) => `#/${holder}/${name}`),
    );
    return [{ path: here, message: `There is no schema at "${$ref}" here.${suggestion($ref, known)}` }];
  });
  return issues.length > 0 ? issues : endlessReferences(root, parts);
}

/** Schemas that apply to the same value as this one: a way through them that returns to its start never ends. */
function sameValue(root: JsonObject, schema: JsonObject): JsonObject[] {
  const listed = [schema.allOf, schema.anyOf, schema.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  const named = Object.values(asObject(schema.dependentSchemas));
  const target = typeof schema.$ref === "string" ? localTarget(root, schema.$ref) : undefined;
  return [target, schema.not, schema.if, schema.then, schema.else, ...listed, ...named].filter(isJsonObject);
}

function endlessReferences(root: JsonObject, parts: readonly Subschema[]): SchemaIssue[] {
  const ended = new Set<JsonObject>();
  const found = parts.find(({ schema }) => isEndless(root, schema, ended));
  if (found === undefined) return [];
  return [
    {
      path: found.path === "" ? "$ref" : found.path,
      message: "This refers to itself without end. Put the reference below a property or into the items of a list.",
    },
  ];
}

/** Whether a way leads from a schema into a circle. `ended`: those that are known to lead into none. */
function isEndless(root: JsonObject, start: JsonObject, ended: Set<JsonObject>): boolean {
  const way: { schema: JsonObject; next: JsonObject[] }[] = [];
  const onWay = new Set<JsonObject>();
  const enter = (schema: JsonObject): void => {
    onWay.add(schema);
    way.push({ schema, next: sameValue(root, schema) });
  };
  if (!ended.has(start)) enter(start);
  for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
    const next = last.next.pop();
    if (next === undefined) {
      ended.add(last.schema);
      onWay.delete(last.schema);
      way.pop();
    } else if (onWay.has(next)) return true;
    else if (!ended.has(next)) enter(next);
  }
  return false;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
