import type { Plan } from "./plan";

/**
 * Every node whose result may depend on `nodeId`, without the node itself: what follows it, the bodies of the containers
 * among these (and its own body), and for a node inside a container also the container and what follows that. To run
 * again from a step, the rows of the step and of these are superseded; items' steps beside it keep theirs.
 */
export function descendants(plan: Plan, nodeId: string): ReadonlySet<string> {
  const found = new Set<string>();
  const queue: string[] = [];
  const add = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    queue.push(id);
  };
  expand(plan, nodeId, add, true);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) expand(plan, id, add, true);
  // A container around the node is run again, but of its body only what follows the node.
  for (let scopeId = scopeOf(plan, nodeId); scopeId !== ""; scopeId = scopeOf(plan, scopeId)) {
    found.add(scopeId);
    expand(plan, scopeId, add, false);
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) expand(plan, id, add, true);
  }
  found.delete(nodeId);
  return found;
}

function expand(plan: Plan, nodeId: string, add: (id: string) => void, withBody: boolean): void {
  for (const targets of plan.nodes.get(nodeId)?.outgoing.values() ?? []) targets.forEach(add);
  if (withBody) plan.scopes.get(nodeId)?.nodeIds.forEach(add);
}

function scopeOf(plan: Plan, nodeId: string): string {
  return plan.nodes.get(nodeId)?.scopeId ?? "";
}
