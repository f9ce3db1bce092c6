import type { SpecEdge } from "@/core/workflow/document";

/** The connections of one scope by their ends. The edges are the very objects of the document. */
export interface ScopeLinks {
  from: Map<string, Set<SpecEdge>>;
  to: Map<string, Set<SpecEdge>>;
}

const none: ReadonlySet<SpecEdge> = new Set();

export function linkAll(edges: readonly SpecEdge[]): ScopeLinks {
  const links: ScopeLinks = { from: new Map(), to: new Map() };
  for (const edge of edges) link(links, edge);
  return links;
}

export function link(links: ScopeLinks, edge: SpecEdge): void {
  add(links.from, edge.from, edge);
  add(links.to, edge.to, edge);
}

export function unlink(links: ScopeLinks, edge: SpecEdge): void {
  links.from.get(edge.from)?.delete(edge);
  links.to.get(edge.to)?.delete(edge);
}

export function edgesFrom(links: ScopeLinks, id: string): ReadonlySet<SpecEdge> {
  return links.from.get(id) ?? none;
}

export function edgesTo(links: ScopeLinks, id: string): ReadonlySet<SpecEdge> {
  return links.to.get(id) ?? none;
}

/** Whether the connections lead from one step to another, over any number of steps. */
export function leadsTo(links: ScopeLinks, start: string, goal: string): boolean {
  if (start === goal) return true;
  if (edgesTo(links, goal).size === 0) return false;
  const reached = new Set([start]);
  // A set that grows while it is walked: each step is looked at once.
  for (const id of reached) {
    for (const { to } of edgesFrom(links, id)) {
      if (to === goal) return true;
      reached.add(to);
    }
  }
  return false;
}

/** Whether the connections lead round in a circle somewhere. */
export function isCircular(links: ScopeLinks): boolean {
  const missing = new Map<string, number>();
  for (const [id, edges] of links.to) missing.set(id, edges.size);
  const open = [...links.from.keys()].filter((id) => (missing.get(id) ?? 0) === 0);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { to } of edgesFrom(links, id)) {
      const left = (missing.get(to) ?? 0) - 1;
      missing.set(to, left);
      if (left === 0) open.push(to);
    }
  }
  return [...missing.values()].some((left) => left > 0);
}

function add(map: Map<string, Set<SpecEdge>>, id: string, edge: SpecEdge): void {
  const known = map.get(id);
  if (known === undefined) map.set(id, new Set([edge]));
  else known.add(edge);
}
