import type { SpecNode } from "@/core/workflow/document";
import type { LocatedNode, Scope } from "@/components/builder/state/locate-node";

/** Steps that a way out of this one may lead to: of the same scope, and none that leads back here. */
export function connectTargets({ node, scope }: Pick<LocatedNode, "node" | "scope">): SpecNode[] {
  const before = stepsBefore(scope, node.id);
  return scope.nodes.filter(({ id }) => id !== node.id && !before.has(id));
}

function stepsBefore({ edges }: Scope, id: string): ReadonlySet<string> {
  const into = new Map<string, string[]>();
  for (const edge of edges) into.set(edge.to, [...(into.get(edge.to) ?? []), edge.from]);
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const from of into.get(next) ?? []) {
      if (found.has(from)) continue;
      found.add(from);
      open.push(from);
    }
  return found;
}
