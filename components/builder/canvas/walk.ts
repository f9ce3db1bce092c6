import type { CanvasGraph } from "./canvas-graph";

export type Direction = "up" | "down" | "left" | "right";

/**
 * The step that an arrow key leads to: down and up along the connections, left and right among the branches of the same step.
 * Right enters a loop, up from its first step leaves it.
 */
export function neighbour(graph: CanvasGraph, id: string | null, direction: Direction): string | null {
  const step = id === null ? undefined : graph.steps.get(id);
  if (!step) return entrance(graph, null);
  return walks[direction](graph, step.id, step.container);
}

/** The step that a scope begins with; where that is not said, its first. */
export function entrance(graph: CanvasGraph, container: string | null): string | null {
  const scope = graph.scopes.get(container);
  if (!scope) return null;
  return scope.ids.includes(scope.startNodeId) ? scope.startNodeId : (scope.ids[0] ?? null);
}

/** Steps of a scope as a run meets them; those that nothing leads to come last. */
export function orderOf(graph: CanvasGraph, container: string | null): string[] {
  const ids = graph.scopes.get(container)?.ids ?? [];
  const waiting = new Map(ids.map((id) => [id, graph.incoming.get(id)?.length ?? 0]));
  const first = entrance(graph, container);
  const found: string[] = [];
  const visit = (id: string): void => {
    waiting.delete(id);
    found.push(id);
    for (const { to } of graph.outgoing.get(id) ?? []) {
      const left = waiting.get(to);
      if (left === undefined) continue;
      waiting.set(to, left - 1);
      if (left <= 1) visit(to);
    }
  };
  if (first !== null) visit(first);
  for (const [id, left] of waiting) if (left <= 0 && waiting.has(id)) visit(id);
  for (const id of ids) if (waiting.has(id)) visit(id);
  return found;
}

/** The last step of the workflow that something could follow; the newest where there are several. */
export function lastLeaf(graph: CanvasGraph, container: string | null = null): string | null {
  const open = orderOf(graph, container).filter(
    (id) => (graph.outgoing.get(id)?.length ?? 0) === 0 && (graph.steps.get(id)?.facts.branches.length ?? 0) > 0,
  );
  return open.at(-1) ?? null;
}

type Walk = (graph: CanvasGraph, id: string, container: string | null) => string | null;

const walks: Record<Direction, Walk> = {
  down: (graph, id) => graph.outgoing.get(id)?.[0]?.to ?? null,
  up: (graph, id, container) => graph.incoming.get(id)?.[0]?.from ?? container,
  right: (graph, id, container) => beside(graph, id, 1) ?? entrance(graph, id) ?? alone(graph, id, container, 1),
  left: (graph, id, container) => beside(graph, id, -1) ?? alone(graph, id, container, -1),
};

/** The next branch of the step before. */
function beside(graph: CanvasGraph, id: string, by: 1 | -1): string | null {
  const before = graph.incoming.get(id)?.[0]?.from;
  if (before === undefined) return null;
  const siblings = [...new Set((graph.outgoing.get(before) ?? []).map(({ to }) => to))];
  return siblings[siblings.indexOf(id) + by] ?? null;
}

/** Steps that nothing leads to are reached one after the other. */
function alone(graph: CanvasGraph, id: string, container: string | null, by: 1 | -1): string | null {
  const loose = (graph.scopes.get(container)?.ids ?? []).filter((other) => !graph.incoming.has(other));
  const place = loose.indexOf(id);
  return place < 0 ? null : (loose[place + by] ?? null);
}
