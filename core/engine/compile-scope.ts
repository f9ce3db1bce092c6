import type { Spec, SpecEdge, SpecNode } from "@/core/workflow/document";

/** One scope's graph, as far as its start reaches. */
export interface ScopeLayout {
  /** In topological order. */
  nodes: SpecNode[];
  incoming: ReadonlyMap<string, { from: string; handle: string }[]>;
  /** Has an entry only for nodes with out-edges. */
  outgoing: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

/** Lays out a document or a loop's body; `scopeId` is for messages. */
export function layOutScope(scopeId: string, body: Pick<Spec, "startNodeId" | "nodes" | "edges">): ScopeLayout {
  const byId = new Map(body.nodes.map((node) => [node.id, node]));
  const place = scopeId === "" ? "the document" : `the body of ${scopeId}`;
  const outgoing = collectOutgoing(body.edges, byId, place);
  if (!byId.has(body.startNodeId)) throw new Error(`The start node ${body.startNodeId} is not in ${place}.`);
  const reached = reachable(body.startNodeId, outgoing);
  const incoming = new Map<string, { from: string; handle: string }[]>();
  for (const from of reached) {
    for (const [handle, targets] of outgoing.get(from) ?? []) {
      for (const to of targets) {
        const edges = incoming.get(to) ?? [];
        incoming.set(to, edges);
        edges.push({ from, handle });
      }
    }
  }
  const nodes = topologicalOrder(
    body.nodes.filter((node) => reached.has(node.id)),
    incoming,
    outgoing,
  );
  if (nodes.length !== reached.size)
    throw new Error(`The steps of ${place} form a circle. Validate the document before compiling it.`);
  return { nodes, incoming, outgoing };
}

function collectOutgoing(
  edges: readonly SpecEdge[],
  byId: ReadonlyMap<string, SpecNode>,
  place: string,
): Map<string, Map<string, string[]>> {
  const outgoing = new Map<string, Map<string, string[]>>();
  const seen = new Set<string>();
  for (const edge of edges) {
    if (!byId.has(edge.from) || !byId.has(edge.to))
      throw new Error(`The edge from ${edge.from} to ${edge.to} leads out of ${place}.`);
    const identity = JSON.stringify([edge.from, edge.to, edge.case]);
    if (seen.has(identity)) continue;
    seen.add(identity);
    const handles = outgoing.get(edge.from) ?? new Map<string, string[]>();
    outgoing.set(edge.from, handles);
    const targets = handles.get(edge.case) ?? [];
    handles.set(edge.case, targets);
    targets.push(edge.to);
  }
  return outgoing;
}

function reachable(
  startNodeId: string,
  outgoing: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>,
): Set<string> {
  const reached = new Set([startNodeId]);
  // A set grows while it is walked: each node is looked at once, in the order found.
  for (const id of reached) {
    for (const targets of outgoing.get(id)?.values() ?? []) for (const target of targets) reached.add(target);
  }
  return reached;
}

/** Kahn's algorithm; nodes that are free at the same time keep the document's order. */
function topologicalOrder(
  nodes: readonly SpecNode[],
  incoming: ReadonlyMap<string, readonly unknown[]>,
  outgoing: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>,
): SpecNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const missing = new Map(nodes.map((node) => [node.id, incoming.get(node.id)?.length ?? 0]));
  const order = nodes.filter((node) => missing.get(node.id) === 0);
  for (let index = 0; index < order.length; index += 1) {
    for (const targets of outgoing.get(order[index]?.id ?? "")?.values() ?? []) {
      for (const target of targets) {
        const left = (missing.get(target) ?? 0) - 1;
        missing.set(target, left);
        const node = byId.get(target);
        if (left === 0 && node) order.push(node);
      }
    }
  }
  return order;
}
