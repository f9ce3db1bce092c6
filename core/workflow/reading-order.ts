import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";

const orders = {
  document: ["$schema", "slug", "name", "description", "triggerType", "triggerSpec", "triggers", "config", "spec"],
  scope: ["$schema", "specVersion", "startNodeId", "inputSchema", "nodes", "edges"],
  node: ["id", "type", "name", "note"],
  edge: ["from", "case", "to"],
  trigger: ["id", "type", "label"],
  config: ["enabled", "timeoutMs", "maxRetries", "backoff"],
} as const satisfies Record<string, readonly string[]>;

/** Of a step: where it stands on the canvas is the last thing that people look for. */
const lastKeys: readonly string[] = ["body", "ui", "x-source"];

/**
 * The same document in the order in which people read it: what a thing is comes before what is in it. The database does not
 * keep the order of keys. What is inside fields stays as it is.
 */
export function documentInReadingOrder(document: JsonObject): JsonObject {
  return ordered(document, orders.document, {
    spec: (spec) => scopeInReadingOrder(spec),
    triggers: (triggers) => eachOf(triggers, (trigger) => ordered(trigger, orders.trigger)),
    config: (config) => (isJsonObject(config) ? ordered(config, orders.config) : config),
  });
}

/** A spec, or the body of a container. */
export function scopeInReadingOrder(scope: Json): Json {
  if (!isJsonObject(scope)) return scope;
  return ordered(scope, orders.scope, {
    nodes: (nodes) =>
      eachOf(nodes, (node) =>
        ordered(node, orders.node, {
          body: (body) => (isJsonObject(body) && Array.isArray(body["nodes"]) ? scopeInReadingOrder(body) : body),
        }),
      ),
    edges: (edges) => eachOf(edges, (edge) => ordered(edge, orders.edge)),
  });
}

function ordered(
  object: JsonObject,
  first: readonly string[],
  inside: Readonly<Record<string, (value: Json) => Json>> = {},
): JsonObject {
  const rank = (key: string): number => {
    const position = first.indexOf(key);
    if (position >= 0) return position;
    return first.length + 1 + lastKeys.indexOf(key);
  };
  return Object.fromEntries(
    Object.entries(object)
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([key, value]) => [key, Object.hasOwn(inside, key) ? (inside[key]?.(value) ?? value) : value]),
  );
}

function eachOf(list: Json, order: (item: JsonObject) => JsonObject): Json {
  return Array.isArray(list) ? list.map((item) => (isJsonObject(item) ? order(item) : item)) : list;
}
