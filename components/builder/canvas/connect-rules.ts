import type { CanvasGraph } from "./canvas-graph";

/** Why a connection may not be drawn, as a sentence; null where it may. */
export function whyNotConnect(graph: CanvasGraph, from: string, handle: string, to: string): string | null {
  const source = graph.steps.get(from);
  const target = graph.steps.get(to);
  if (!source || !target) return "That step is not there any more.";
  if (from === to) return "A step cannot follow itself. Use a loop to repeat it.";
  if (source.container !== target.container)
    return "A connection cannot cross the border of a loop. Connect to the loop itself.";
  if (!target.facts.takesInput) return `${target.facts.title} is where runs begin; nothing can lead to it.`;
  if (graph.edges.has(`${from}:${handle}:${to}`)) return "These two are connected already.";
  if (canReach(graph, to, from))
    return `${source.facts.title} comes after ${target.facts.title}; this would go in circles. Use a loop to repeat steps.`;
  return null;
}

/** Whether connections lead from one step to another. */
export function canReach(graph: CanvasGraph, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const edge of graph.outgoing.get(id) ?? []) open.push(edge.to);
  }
  return false;
}

/** Every step that a branch may lead to, for a list to choose from. */
export function legalTargets(graph: CanvasGraph, from: string, handle: string): { id: string; title: string }[] {
  return [...graph.steps.values()]
    .filter(({ id }) => whyNotConnect(graph, from, handle, id) === null)
    .map(({ id, facts }) => ({ id, title: facts.title }));
}
