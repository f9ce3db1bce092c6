import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";

/** Read first in every object; the rest follows by the alphabet, so that only real differences show. */
const firstKeys = ["id", "type", "name", "from", "case", "to", "specVersion", "startNodeId", "nodes", "edges"];
/** Of steps and connections: where they stand on the canvas, and how they were once spelled. */
const silentKeys: ReadonlySet<string> = new Set(["ui", "x-source"]);

/** A canonical document as lines of JSON to compare. */
export function canonicalText(document: JsonObject): string {
  const { spec, ...rest } = document;
  return `${JSON.stringify(ordered({ ...rest, ...(spec !== undefined && { spec: scope(spec) }) }), null, 2)}\n`;
}

function scope(value: Json): Json {
  if (!isJsonObject(value)) return value;
  const { nodes, edges, "x-source": _spelling, ...rest } = value;
  return {
    ...rest,
    ...(nodes !== undefined && { nodes: Array.isArray(nodes) ? nodes.map(node) : nodes }),
    ...(edges !== undefined && { edges: Array.isArray(edges) ? edges.map(withoutSilent) : edges }),
  };
}

function node(value: Json): Json {
  const plain = withoutSilent(value);
  // A loop's body is a part of the document like the whole of it.
  return isJsonObject(plain) && isJsonObject(plain["body"]) && Array.isArray(plain["body"]["nodes"])
    ? { ...plain, body: scope(plain["body"]) }
    : plain;
}

function withoutSilent(value: Json): Json {
  return isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).filter(([key]) => !silentKeys.has(key)))
    : value;
}

function ordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .map(([key, field]) => [key, ordered(field)]),
  );
}

function rank(key: string): number {
  const at = firstKeys.indexOf(key);
  return at < 0 ? firstKeys.length : at;
}
