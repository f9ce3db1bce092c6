import type { Json, JsonObject } from "@/core/json";

/** Version 1 of the subscription upgrade: nobody was asked. */
export function withoutApproval(document: JsonObject): JsonObject {
  return withSpec(document, ["approve", "explain", "declined"], [{ from: "preview", to: "execute" }]);
}

/** Version 2: a manager decides, and a rejected customer hears nothing. */
export function withoutExplanation(document: JsonObject): JsonObject {
  return withSpec(document, ["explain"], [{ from: "approve", to: "declined", case: "rejected" }]);
}

/** The document without some nodes and their edges, with other edges instead. */
function withSpec(document: JsonObject, removed: readonly string[], added: JsonObject[]): JsonObject {
  const spec = objectOf(document["spec"]);
  const nodes = listOf(spec["nodes"]).filter((node) => !removed.includes(textOf(node["id"])));
  const edges = listOf(spec["edges"]).filter(
    (edge) => !removed.includes(textOf(edge["from"])) && !removed.includes(textOf(edge["to"])),
  );
  return { ...document, spec: { ...spec, nodes, edges: [...edges, ...added] } };
}

function objectOf(value: Json | undefined): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error("The workflow file has no such object");
  return value;
}

function listOf(value: Json | undefined): JsonObject[] {
  if (!Array.isArray(value)) throw new Error("The workflow file has no such list");
  return value.map(objectOf);
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
