import type { Json, JsonObject } from "@/core/json";
import type { Spec, SpecEdge, SpecNode } from "./document";
import { isJsonObject, sameJson } from "@/core/json-guard";
import { edgeSource, nodeSource, readSource, scopeSource } from "./source-record";
import type { NodeSource, Target } from "./source-record";
import type { StepDefinitions } from "./step-definition";
import { writtenCase } from "./written-case";

type Scope = Pick<Spec, "startNodeId" | "nodes" | "edges" | "x-source">;
type Entries = [string, Json][];

/** The document as it was imported (order of keys aside), edits included; a document made here comes out canonical. */
export function exportSpec(spec: Spec, definitions: StepDefinitions): JsonObject {
  const source = readSource(scopeSource, spec["x-source"]) ?? {};
  const omitted = new Set(source.omitted);
  // The importer looks for the schema at the step that the document begins with, nowhere else.
  const carrier =
    source.inputSchemaOf === spec.startNodeId && spec.nodes.some(({ id }) => id === source.inputSchemaOf)
      ? spec.startNodeId
      : null;
  const schema: Entries = spec.inputSchema === undefined ? [] : [["inputSchema", spec.inputSchema]];
  return Object.fromEntries([
    ...(omitted.has("specVersion")
      ? []
      : ([["specVersion", source.specVersion ?? spec.specVersion]] satisfies Entries)),
    ...exportScope(spec, definitions, carrier === null ? new Map() : new Map([[carrier, schema]])),
    // After the fields that were remembered: an input schema that was written as null may have been given since.
    ...(carrier === null ? schema : []),
  ]);
}

/** `extra` are fields that go back onto a node. */
function exportScope(scope: Scope, definitions: StepDefinitions, extra: ReadonlyMap<string, Entries>): Entries {
  const source = readSource(scopeSource, scope["x-source"]) ?? {};
  const omitted = new Set(source.omitted);
  const branches = targetsByBranch(scope.edges);
  const inside = new Set<string>();
  const nodes = scope.nodes.map((node) => {
    const record = readSource(nodeSource, node["x-source"]) ?? {};
    const restored = canRestore(node, record, branches);
    if (restored) for (const target of record.targets ?? []) inside.add(edgeKey({ from: node.id, ...target }));
    return exportNode(node, record, restored, extra.get(node.id) ?? [], definitions);
  });
  const edges = scope.edges.flatMap((edge) => exportEdge(edge, inside, omitted.has("case")) ?? []);
  return [
    ...Object.entries(source.fields ?? {}),
    ...(omitted.has("startNodeId") && scope.startNodeId === entryOf(scope, definitions)
      ? []
      : ([["startNodeId", scope.startNodeId]] satisfies Entries)),
    ["nodes", nodes],
    ...(omitted.has("edges") && edges.length === 0 ? [] : ([["edges", edges]] satisfies Entries)),
  ];
}

/** The old spelling may be used while the fields and the edges that came of it are still what they were. */
function canRestore(
  node: SpecNode,
  { given = {}, became = {}, targets = [] }: NodeSource,
  branches: ReadonlyMap<string, readonly string[]>,
): boolean {
  const untouched = [...new Set([...Object.keys(given), ...Object.keys(became)])].every((key) =>
    Object.hasOwn(became, key)
      ? Object.hasOwn(node, key) && sameJson(node[key], became[key])
      : !Object.hasOwn(node, key),
  );
  // A branch that leads to a second step by now would contradict the one target that the old spelling names.
  const same = (target: Target): boolean => {
    const known = branches.get(branchKey(node.id, target.case)) ?? [];
    return known.length === 1 && known[0] === target.to;
  };
  return untouched && targets.every(same);
}

/** Where the importer lets a document begin that does not say it. */
function entryOf(scope: Scope, definitions: StepDefinitions): string {
  return scope.nodes.find(({ type }) => definitions[type]?.entry === true)?.id ?? "";
}

function targetsByBranch(edges: readonly SpecEdge[]): Map<string, string[]> {
  const branches = new Map<string, string[]>();
  for (const { from, case: handle, to } of edges) {
    const known = branches.get(branchKey(from, handle));
    if (known === undefined) branches.set(branchKey(from, handle), [to]);
    else if (!known.includes(to)) known.push(to);
  }
  return branches;
}

function branchKey(from: string, handle: string): string {
  return `${from}\n${handle}`;
}

function exportNode(
  node: SpecNode,
  record: NodeSource,
  restored: boolean,
  extra: Entries,
  definitions: StepDefinitions,
): JsonObject {
  const replaced = restored ? Object.keys(record.became ?? {}) : [];
  const dropped = new Set([...replaced, "x-source", "type"]);
  // Every field of a stored node is JSON; the type of a node leaves them open.
  const fields = Object.entries(node).filter(([key]) => !dropped.has(key)) as Entries;
  const hasBody = definitions[node.type]?.body !== undefined;
  return Object.fromEntries([
    ...fields.map(([key, value]): [string, Json] => [
      key,
      hasBody && key === "body" && isScope(value)
        ? Object.fromEntries(exportScope(value, definitions, new Map()))
        : value,
    ]),
    ["type", record.type ?? node.type],
    ...extra,
    ...(restored ? Object.entries(record.given ?? {}) : []),
    ...Object.entries(record.fields ?? {}).filter(([key]) => !Object.hasOwn(node, key) || key === "x-source"),
  ]);
}

function exportEdge(edge: SpecEdge, inside: ReadonlySet<string>, omitOut: boolean): JsonObject | null {
  const source = readSource(edgeSource, edge["x-source"]) ?? {};
  if (source.inline === true && inside.has(edgeKey(edge))) return null;
  const label = source.as === edge.case ? source.case : writtenCase(edge.case, omitOut);
  return Object.fromEntries([
    ...Object.entries(source.fields ?? {}),
    ["from", edge.from],
    ["to", edge.to],
    ...(label === undefined ? [] : ([["case", label]] satisfies Entries)),
  ]);
}

function edgeKey({ from, to, case: handle }: SpecEdge): string {
  return `${from}\n${handle}\n${to}`;
}

/** A body that this module wrote itself. */
function isScope(value: unknown): value is Scope & JsonObject {
  return (
    isJsonObject(value) &&
    Array.isArray(value["nodes"]) &&
    Array.isArray(value["edges"]) &&
    typeof value["startNodeId"] === "string"
  );
}
