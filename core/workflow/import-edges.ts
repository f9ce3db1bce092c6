import type { Json, JsonObject } from "@/core/json";
import type { Issue, SpecEdge } from "./document";
import type { ImportedNode } from "./import-context";
import { isJsonObject, ownField } from "@/core/json-guard";
import { edgeSource, readSource, sourceField } from "./source-record";
import type { EdgeSource } from "./source-record";
import { writtenCase } from "./written-case";

const edgeKeys: ReadonlySet<string> = new Set(["from", "to", "case"]);

interface EdgeContext {
  path: string;
  issues: Issue[];
  /** `canonical`: the document knows its own spelling already, its cases are ours. */
  spelling: { omitOut: boolean; canonical: boolean };
}

/** The edges as they are drawn, then those that the nodes give inside (`cases.x.next`). */
export function importEdges(
  rawEdges: readonly Json[],
  nodes: readonly ImportedNode[],
  context: EdgeContext,
): SpecEdge[] {
  const { issues, path } = context;
  const byId = new Map(nodes.map((entry) => [entry.node.id, entry]));
  const drawn = rawEdges.flatMap((raw, index) => importEdge(raw, `${path}edges[${index}]`, byId, context) ?? []);
  const targets = new Map<string, Set<string>>();
  for (const edge of drawn)
    targets.set(
      branchKey(edge.from, edge.case),
      (targets.get(branchKey(edge.from, edge.case)) ?? new Set()).add(edge.to),
    );
  return [...drawn, ...nodes.flatMap((entry) => inlineEdges(entry, targets, issues))];
}

function importEdge(
  raw: Json,
  path: string,
  nodes: ReadonlyMap<string, ImportedNode>,
  { issues, spelling }: EdgeContext,
): SpecEdge | null {
  const wrong = (at: string, message: string): null => {
    issues.push({ code: "invalid_shape", severity: "error", path: at, message });
    return null;
  };
  if (!isJsonObject(raw)) return wrong(path, "A connection is an object with from and to.");
  const from = ownField(raw, "from");
  const to = ownField(raw, "to");
  const label = ownField(raw, "case");
  if (typeof from !== "string") return wrong(`${path}.from`, "The connection does not say where it comes from.");
  if (typeof to !== "string") return wrong(`${path}.to`, "The connection does not say where it goes to.");
  if (typeof label === "object" && label !== null) return wrong(`${path}.case`, "The case of a connection is a text.");
  const source = nodes.get(from);
  const implicit = source === undefined ? "out" : (source.definition.implicitCase ?? "");
  const handle = label === undefined || label === null || label === "" ? implicit : String(label);
  return { from, to, case: handle, ...sourceField(edgeRecord(raw, handle, spelling)) };
}

function edgeRecord(raw: JsonObject, handle: string, spelling: EdgeContext["spelling"]): EdgeSource {
  const given = ownField(raw, "x-source");
  const own = readSource(edgeSource, given);
  const unknown = Object.entries(raw).filter(([key]) => !edgeKeys.has(key) && (key !== "x-source" || own === null));
  const label = ownField(raw, "case");
  const expected = spelling.canonical ? handle : writtenCase(handle, spelling.omitOut);
  const asWritten =
    label === expected || (own?.as === handle && label === handle)
      ? {}
      : { as: handle, ...(label === undefined ? {} : { case: label }) };
  return {
    ...own,
    ...asWritten,
    ...(unknown.length === 0 ? {} : { fields: Object.fromEntries([...Object.entries(own?.fields ?? {}), ...unknown]) }),
  };
}

function inlineEdges(
  { node, path, targets: inline }: ImportedNode,
  drawn: ReadonlyMap<string, Set<string>>,
  issues: Issue[],
): SpecEdge[] {
  return inline.flatMap((target) => {
    const existing = drawn.get(branchKey(node.id, target.case));
    if (existing === undefined)
      return [{ from: node.id, to: target.to, case: target.case, "x-source": { inline: true } }];
    if (existing.size === 1 && existing.has(target.to)) return [];
    issues.push({
      code: "branch_conflict",
      severity: "error",
      path,
      nodeId: node.id,
      message: `"${target.case}" of "${node.id}" goes to "${target.to}" inside the step, but to ${[...existing].map((to) => `"${to}"`).join(", ")} in the connections. Keep one of them.`,
    });
    return [];
  });
}

/** Ids cannot hold a line break, so the pair is unambiguous. */
function branchKey(from: string, handle: string): string {
  return `${from}\n${handle}`;
}
