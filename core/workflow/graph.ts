import type { Spec } from "./document";
import { isJsonObject } from "@/core/json-guard";
import type { IndexedNode, IndexedScope } from "./spec-index";
import { indexSpec } from "./spec-index";
import type { StepDefinitions } from "./step-definition";

/** A drawing of a spec: cards and labelled edges; loop bodies carry `parentId`. */
export interface WorkflowGraph {
  nodes: {
    id: string;
    type: string;
    title: string;
    summary: string;
    icon: string;
    color: string;
    parentId: string | null;
    position: { x: number; y: number } | null;
  }[];
  edges: { id: string; from: string; to: string; label: string | null }[];
}

/** The drawing of a spec, bodies included. Edges that lead nowhere are left out; unknown types are drawn plainly. */
export function specGraph(spec: Spec, definitions: StepDefinitions): WorkflowGraph {
  const { scopes } = indexSpec(spec, definitions);
  return { nodes: scopes.flatMap((scope) => scope.nodes.map(drawNode)), edges: scopes.flatMap(drawEdges) };
}

function drawNode(indexed: IndexedNode): WorkflowGraph["nodes"][number] {
  const { node, definition, config, scope } = indexed;
  return {
    id: node.id,
    type: node.type,
    title: node.name ?? definition?.title ?? node.type,
    summary: definition === null || config === undefined ? "" : definition.summary(config),
    icon: definition?.icon ?? "circle-help",
    color: definition?.color ?? "other",
    parentId: scope.container?.node.id ?? null,
    position: position(node.ui),
  };
}

function drawEdges(scope: IndexedScope): WorkflowGraph["edges"] {
  const drawn = new Map<string, WorkflowGraph["edges"][number]>();
  for (const { from, to, case: handle } of scope.edges) {
    const source = scope.byId.get(from);
    if (source === undefined || !scope.byId.has(to)) continue;
    const id = `${from}:${handle}:${to}`;
    drawn.set(id, { id, from, to, label: edgeLabel(source, handle) });
  }
  return [...drawn.values()];
}

/** A branch says its name; the usual way out does so only where there is another. */
function edgeLabel({ handles, outgoing }: IndexedNode, handle: string): string | null {
  const found = handles?.find(({ id }) => id === handle);
  if (found === undefined) return handle === "" || handle === "out" ? null : handle;
  return found.unlabelled === true && outgoing.size === 1 && found.expected !== true ? null : found.label;
}

function position(ui: unknown): { x: number; y: number } | null {
  const place = isJsonObject(ui) ? ui["position"] : undefined;
  if (!isJsonObject(place)) return null;
  const { x, y } = place;
  return typeof x === "number" && typeof y === "number" ? { x, y } : null;
}
