import type { IndexedNode, IndexedScope } from "@/core/workflow/spec-index";
import { called, eachNode, warningAt } from "./rule";
import type { Rule } from "./rule";

/** `unused_on_error`: a connection for errors is taken whatever the setting says. */
export const unusedOnError: Rule = eachNode((indexed) => {
  const { node, outgoing } = indexed;
  if (node.onError === undefined || !outgoing.has("error")) return [];
  return [
    warningAt(
      indexed,
      "unused_on_error",
      "onError",
      `If ${called(indexed)} fails, the run follows its connection for errors, so onError "${node.onError}" never applies. Remove one of the two.`,
    ),
  ];
});

/** Beyond these nobody reads on. */
const mostResults = 50;

/** `several_results`: steps that each give the whole result, of which one run may reach several. */
export const severalResults: Rule = ({ scopes }) =>
  scopes.flatMap((scope) => {
    const results = scope.nodes
      .filter(({ definition, node }) => definition?.givesResult === true && node.disabled !== true)
      .slice(0, mostResults);
    if (results.length < 2) return [];
    const sources = sourcesOf(scope);
    const before = new Map(results.map((result) => [result, ancestors(sources, result)]));
    const forks = forksOf(scope);
    return results.flatMap((later, position) => {
      const other = results.slice(0, position).find((earlier) => mayBothRun(earlier, later, { before, forks }));
      if (other === undefined) return [];
      return [
        warningAt(
          later,
          "several_results",
          "",
          `${called(other)} and ${called(later)} may both run, and only one of them becomes the result. Put everything into one output, or use branches of which one is taken.`,
        ),
      ];
    });
  });

interface Ways {
  /** What leads to each result, itself included. */
  before: ReadonlyMap<IndexedNode, ReadonlySet<string>>;
  /** Steps that are started together. */
  forks: readonly (readonly string[])[];
}

/** One after the other, or in branches that are taken together; a branch that leads to both decides nothing. */
function mayBothRun(left: IndexedNode, right: IndexedNode, { before, forks }: Ways): boolean {
  const toLeft = before.get(left) ?? new Set();
  const toRight = before.get(right) ?? new Set();
  if (toRight.has(left.node.id) || toLeft.has(right.node.id)) return true;
  return forks.some(
    (targets) =>
      targets.some((target) => toLeft.has(target)) &&
      targets.some((target) => toRight.has(target)) &&
      targets.some((target) => toLeft.has(target) !== toRight.has(target)),
  );
}

function forksOf(scope: IndexedScope): string[][] {
  return scope.nodes.flatMap(({ outgoing }) =>
    [...outgoing.values()].map((edges) => [...new Set(edges.map(({ to }) => to))]).filter(({ length }) => length > 1),
  );
}

function sourcesOf(scope: IndexedScope): Map<string, string[]> {
  const sources = new Map<string, string[]>();
  for (const { from, to } of scope.edges) {
    const known = sources.get(to) ?? [];
    sources.set(to, known);
    known.push(from);
  }
  return sources;
}

function ancestors(sources: ReadonlyMap<string, readonly string[]>, { node }: IndexedNode): Set<string> {
  const found = new Set([node.id]);
  // A set that grows while it is walked: each node is looked at once.
  for (const id of found) for (const source of sources.get(id) ?? []) found.add(source);
  return found;
}
