import { contextPaths } from "@/core/expression/context-paths";
import { memberPaths } from "@/core/expression/member-paths";
import type { JsonObject } from "@/core/json";
import { isJsonObject, ownField } from "@/core/json-guard";
import type { IndexedNode, SpecIndex } from "./spec-index";
import type { ExpressionSite } from "./step-definition";

/** A name that leads nowhere, because all names that there are at its place are known. */
export interface LostName {
  /** What was read up to there, e.g. `["trigger", "address"]`. */
  before: readonly string[];
  name: string;
  /** What can be read there. */
  known: readonly string[];
}

/** Finds what a path of an expression at some place cannot mean; null where it may be there. */
export type LostNameFinder = (path: readonly string[], from: IndexedNode, site: ExpressionSite) => LostName | null;

/**
 * Only what is certain is said: the input where its schema forbids other fields, variables, what the engine gives, and outputs of
 * steps that always look the same.
 */
export function lostNameFinder(index: SpecIndex, variables: JsonObject): LostNameFinder {
  const input = index.spec.inputSchema;
  const roots: ReadonlyMap<string, JsonObject | undefined> = new Map([
    ...contextSchemas,
    ["input", input],
    ["trigger", input],
    ["vars", schemaOf(variables)],
    ["step", undefined],
  ]);
  const find: LostNameFinder = ([root = "", ...keys], from, site) => {
    const start = startOf(root, keys, from, site);
    return start === null
      ? null
      : follow(start.schema, [root, ...keys.slice(0, start.taken)], keys.slice(start.taken)).lost;
  };
  return find;

  function startOf(root: string, keys: readonly string[], from: IndexedNode, site: ExpressionSite): Start | null {
    if (site.extraNames?.includes(root) === true)
      return root === "output" ? { schema: outputSchema(from), taken: 0 } : null;
    for (let at = site.insideBody === true ? from : from.scope.container; at !== null; at = at.scope.container)
      if (bodyNames(at).includes(root))
        return root === at.definition?.itemName?.(at.config) ? { schema: itemSchema(at), taken: 0 } : null;
    if (root === "step") return stepStart(keys);
    if (roots.has(root)) return { schema: roots.get(root), taken: 0 };
    if (Object.hasOwn(variables, root)) return { schema: property(roots.get("vars"), root), taken: 0 };
    return { schema: property(input, root), taken: 0 };
  }

  function stepStart([id = "", part]: readonly string[]): Start | null {
    const step = index.nodes.get(id);
    return step === undefined || part !== "output" ? null : { schema: outputSchema(step), taken: 2 };
  }

  function outputSchema({ definition, config }: IndexedNode): JsonObject | undefined {
    if (definition?.entry === true) return input;
    return config === undefined ? undefined : definition?.outputSchema?.(config);
  }

  /** What a loop goes through, where it names a list by its place. */
  function itemSchema(loop: IndexedNode): JsonObject | undefined {
    const { items } = loop.node;
    const source = typeof items === "string" ? items.replace(/^\s*\$\{(.*)\}\s*$/s, "$1").trim() : "";
    const path = /^[\w.]+$/.test(source) ? memberPaths(source)[0] : undefined;
    if (path === undefined) return undefined;
    const [root = "", ...keys] = path;
    const start = startOf(root, keys, loop, { path: "items", kind: "expression", value: items });
    const list = start === null ? undefined : follow(start.schema, [], keys.slice(start.taken)).schema;
    return asSchema(list?.["items"]);
  }
}

interface Start {
  schema: JsonObject | undefined;
  /** How many of the names after the first led there. */
  taken: number;
}

function bodyNames({ definition, config }: IndexedNode): readonly string[] {
  return config === undefined ? [] : (definition?.bodyNames?.(config) ?? []);
}

/** The schema that names lead to; `lost`: the first of them that a schema on the way rules out. */
function follow(
  start: JsonObject | undefined,
  before: readonly string[],
  keys: readonly string[],
): { schema: JsonObject | undefined; lost: LostName | null } {
  let schema = start;
  for (const [position, name] of keys.entries()) {
    const known = closedNames(schema);
    if (known !== null && !known.includes(name))
      return { schema: undefined, lost: { before: [...before, ...keys.slice(0, position)], name, known } };
    schema = property(schema, name);
  }
  return { schema, lost: null };
}

/** All names that an object can have; null where it may have others. */
function closedNames(schema: JsonObject | undefined): string[] | null {
  if (schema?.["additionalProperties"] !== false || "patternProperties" in schema) return null;
  return isJsonObject(schema["properties"]) ? Object.keys(schema["properties"]) : [];
}

function property(schema: JsonObject | undefined, name: string): JsonObject | undefined {
  const properties = schema?.["properties"];
  return isJsonObject(properties) ? asSchema(ownField(properties, name)) : undefined;
}

function asSchema(value: unknown): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

/** A variable is what is written: it has no other parts. */
function schemaOf(value: unknown): JsonObject {
  if (!isJsonObject(value)) return {};
  return closed(Object.entries(value).map(([name, part]) => [name, schemaOf(part)]));
}

function closed(properties: readonly (readonly [string, JsonObject])[]): JsonObject {
  return { properties: Object.fromEntries(properties), additionalProperties: false };
}

/** `contact`, `conversation`, `run` and `env`, as far as their names are listed. */
const contextSchemas: ReadonlyMap<string, JsonObject> = new Map(
  ["contact", "conversation", "run", "env"].map((root) => [
    root,
    nested(
      contextPaths.map(({ path }) => path.split(".")).filter(([first]) => first === root),
      1,
    ),
  ]),
);

function nested(paths: readonly string[][], depth: number): JsonObject {
  const names = [...new Set(paths.flatMap((path) => path[depth] ?? []))];
  if (names.length === 0) return {};
  return closed(
    names.map((name) => [
      name,
      nested(
        paths.filter((path) => path[depth] === name),
        depth + 1,
      ),
    ]),
  );
}
