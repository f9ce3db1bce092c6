import type { Json, JsonObject } from "@/core/json";
import type { Issue } from "./document";
import type { ImportContext, ImportedNode, ImportedScope } from "./import-context";
import { importEdges } from "./import-edges";
import { importNode } from "./import-node";
import { isJsonObject, ownField } from "@/core/json-guard";
import { readSource, scopeSource } from "./source-record";
import type { ScopeSource } from "./source-record";

const scopeKeys: ReadonlySet<string> = new Set(["startNodeId", "nodes", "edges"]);

/** A document, or the body of a container. `path` ends with a dot, or is empty. */
export function importScope(raw: JsonObject, path: string, context: ImportContext): ImportedScope {
  const { issues } = context;
  const rawNodes = list(raw, "nodes", path, issues, "required");
  const rawEdges = list(raw, "edges", path, issues, "optional");
  const ids = new Set(
    rawNodes.flatMap((node) => (isJsonObject(node) && typeof node["id"] === "string" ? [node["id"]] : [])),
  );
  const edgeCases = casesByNode(rawEdges);
  const imported = rawNodes.flatMap((node, index) => {
    const surroundings = { isNode: (id: string) => ids.has(id), edgeCases: (id: string) => edgeCases.get(id) ?? [] };
    return importNode(node, `${path}nodes[${index}]`, surroundings, context) ?? [];
  });
  const source = scopeRecord(raw, rawEdges);
  const spelling = {
    omitOut: source.omitted?.includes("case") === true,
    canonical: readSource(scopeSource, ownField(raw, "x-source")) !== null,
  };
  const edges = importEdges(rawEdges, imported, { path, issues, spelling });
  const start = startOf(raw, imported, path, issues);
  return { startNodeId: start.id, nodes: imported.map(({ node }) => node), edges, source, entry: start.entry };
}

function list(raw: JsonObject, key: string, path: string, issues: Issue[], need: "required" | "optional"): Json[] {
  const value = ownField(raw, key);
  if (Array.isArray(value)) return value;
  if (need === "optional" && (value === undefined || value === null)) return [];
  issues.push({
    code: "invalid_shape",
    severity: "error",
    path: `${path}${key}`,
    message: `"${key}" is missing or is not a list.`,
  });
  return [];
}

function casesByNode(edges: readonly Json[]): Map<string, string[]> {
  const cases = new Map<string, string[]>();
  for (const edge of edges) {
    if (
      !isJsonObject(edge) ||
      typeof edge["from"] !== "string" ||
      typeof edge["case"] !== "string" ||
      edge["case"] === ""
    )
      continue;
    const known = cases.get(edge["from"]);
    if (known === undefined) cases.set(edge["from"], [edge["case"]]);
    else known.push(edge["case"]);
  }
  return cases;
}

function startOf(
  raw: JsonObject,
  imported: readonly ImportedNode[],
  path: string,
  issues: Issue[],
): { id: string; entry: JsonObject | null } {
  const given = ownField(raw, "startNodeId");
  if (given !== undefined && given !== null && typeof given !== "string") {
    issues.push({
      code: "invalid_shape",
      severity: "error",
      path: `${path}startNodeId`,
      message: "startNodeId is the id of a step.",
    });
  }
  const entries = imported.filter(({ definition }) => definition.entry === true);
  const id = typeof given === "string" ? given : (entries[0]?.node.id ?? "");
  const entry = entries.find(({ node }) => node.id === id)?.node;
  // SpecNode types the unknown fields of a node as `unknown`; everything here came from JSON.
  return { id, entry: entry === undefined ? null : (entry as JsonObject) };
}

function scopeRecord(raw: JsonObject, edges: readonly Json[]): ScopeSource {
  const own = readSource(scopeSource, ownField(raw, "x-source"));
  const unknown = Object.entries(raw).filter(([key, value]) => {
    if (key === "x-source") return own === null;
    return !scopeKeys.has(key) || value === null;
  });
  const caseless = own === null && edges.some((edge) => isJsonObject(edge) && !Object.hasOwn(edge, "case"));
  const omitted = [
    ...["startNodeId", "edges"].filter((key) => (ownField(raw, key) ?? null) === null),
    ...(caseless ? ["case"] : []),
  ];
  const all = [...new Set([...(own?.omitted ?? []), ...omitted])];
  return {
    ...own,
    ...(all.length === 0 ? {} : { omitted: all }),
    ...(unknown.length === 0 ? {} : { fields: Object.fromEntries([...Object.entries(own?.fields ?? {}), ...unknown]) }),
  };
}
