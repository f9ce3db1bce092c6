import { precedence } from "./rules/graph-walks";
import type { IndexedNode, SpecIndex } from "./spec-index";

/**
 * The steps whose output a step may read: those that come before it in its own part, and before the containers around it.
 * `insideBody`: for expressions that are evaluated after an iteration, what is inside of it too. Nearest part first, each in
 * the order of the document. While the steps go in a circle there is no order, and all of them are given.
 */
export function visibleSteps(index: SpecIndex, id: string, insideBody = false): IndexedNode[] {
  const from = index.nodes.get(id);
  if (from === undefined) return [];
  const found = insideBody ? index.scopes.flatMap((scope) => (scope.container === from ? scope.nodes : [])) : [];
  for (let at: IndexedNode | null = from; at !== null; at = at.scope.container) {
    const here = at;
    const before = precedence(here.scope);
    found.push(
      ...here.scope.nodes.filter(({ node }) =>
        before === null ? node.id !== here.node.id : before(node.id, here.node.id),
      ),
    );
  }
  return found;
}
