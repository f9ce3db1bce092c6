import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";

/** A value that can be reached from a name, with what is known about it. */
export interface KnownPath {
  path: string;
  /** In plain words: text, number, list … */
  type: string;
  info?: string;
  sample?: Json;
}

const deepest = 5;
const most = 200;

/** Everything below a name, from a schema, a sample or both: `input.customer.email`, `step.x.output["X-Id"]`. */
export function knownPaths(root: string, schema: JsonObject | null, sample: Json | undefined): KnownPath[] {
  const found: KnownPath[] = [];
  collect(root, schema, sample, 0, found);
  return found;
}

/** `a.b`, or `a["b c"]` where the key is no name. */
export function pathTo(root: string, key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !words.has(key) ? `${root}.${key}` : `${root}[${JSON.stringify(key)}]`;
}

export function typeWords(schema: JsonObject | null, sample: Json | undefined): string {
  const type = schema?.["type"];
  const named = (Array.isArray(type) ? type : [type]).flatMap((each) =>
    typeof each === "string" && each !== "null" ? (schemaTypes[each] ?? []) : [],
  );
  if (named.length > 0) return named.join(" or ");
  if (Array.isArray(schema?.["enum"])) return "choice";
  return sampleType(sample);
}

const words: ReadonlySet<string> = new Set(["in", "true", "false", "null"]);

const schemaTypes: Readonly<Record<string, string>> = {
  string: "text",
  number: "number",
  integer: "whole number",
  boolean: "yes/no",
  array: "list",
  object: "object",
};

function sampleType(sample: Json | undefined): string {
  if (sample === undefined) return "any value";
  if (sample === null) return "nothing";
  if (Array.isArray(sample)) return "list";
  return { string: "text", number: "number", boolean: "yes/no" }[typeof sample as string] ?? "object";
}

function collect(
  path: string,
  schema: JsonObject | null,
  sample: Json | undefined,
  depth: number,
  found: KnownPath[],
): void {
  if (found.length >= most) return;
  const info = [schema?.["title"], schema?.["description"]].filter((text) => typeof text === "string").join(". ");
  found.push({
    path,
    type: typeWords(schema, sample),
    ...(info === "" ? {} : { info }),
    ...(sample === undefined ? {} : { sample }),
  });
  if (depth >= deepest) return;
  if (Array.isArray(sample) || schema?.["type"] === "array") {
    const items = asSchema(schema?.["items"]);
    const [first] = Array.isArray(sample) ? sample : [];
    if (items !== null || first !== undefined) collect(`${path}[0]`, items, first, depth + 1, found);
    return;
  }
  const properties = asSchema(schema?.["properties"]) ?? {};
  const members = isJsonObject(sample) ? sample : {};
  for (const key of new Set([...Object.keys(properties), ...Object.keys(members)]))
    collect(pathTo(path, key), asSchema(properties[key]), ownMember(members, key), depth + 1, found);
}

function ownMember(members: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(members, key) ? members[key] : undefined;
}

function asSchema(value: Json | undefined): JsonObject | null {
  return isJsonObject(value) ? value : null;
}
