import type { IndexedScope } from "@/core/workflow/spec-index";

/** Targets by node, edges that lead nowhere left out. */
function successors(scope: IndexedScope): Map<string, string[]> {
  const targets = new Map<string, string[]>(scope.nodes.map(({ node }) => [node.id, []]));
  for (const { from, to } of scope.edges) if (targets.has(to)) targets.get(from)?.push(to);
  return targets;
}

/** Everything that a node leads to, itself included. */
export function reachableFrom(scope: IndexedScope, start: string): Set<string> {
  const targets = successors(scope);
  const reached = new Set([start]);
  // A set that grows while it is walked: each node is looked at once.
  for (const id of reached) for (const next of targets.get(id) ?? []) reached.add(next);
  return reached;
}

/** Kahn's algorithm: the nodes that are in order, and those that are on or behind a cycle. */
function sorted(scope: IndexedScope): { order: string[]; left: Set<string>; targets: Map<string, string[]> } {
  const targets = successors(scope);
  const missing = new Map<string, number>([...targets.keys()].map((id) => [id, 0]));
  for (const list of targets.values()) for (const to of list) missing.set(to, (missing.get(to) ?? 0) + 1);
  const order = [...missing].filter(([, count]) => count === 0).map(([id]) => id);
  for (let index = 0; index < order.length; index += 1) {
    for (const to of targets.get(order[index] ?? "") ?? []) {
      const left = (missing.get(to) ?? 0) - 1;
      missing.set(to, left);
      if (left === 0) order.push(to);
    }
  }
  const done = new Set(order);
  return { order, left: new Set([...targets.keys()].filter((id) => !done.has(id))), targets };
}

/** The nodes of one cycle in their order; empty when there is none. */
export function someCycle(scope: IndexedScope): string[] {
  const { left, targets } = sorted(scope);
  if (left.size === 0) return [];
  // Every node that is left has a predecessor that is left: walking backwards must come round.
  const before = new Map<string, string>();
  for (const id of left) for (const to of targets.get(id) ?? []) if (left.has(to)) before.set(to, id);
  const walked = new Map<string, number>();
  const path: string[] = [];
  let at: string | undefined = left.values().next().value;
  while (at !== undefined && !walked.has(at)) {
    walked.set(at, path.length);
    path.push(at);
    at = before.get(at);
  }
  return at === undefined ? [] : fromFirst(scope, path.slice(walked.get(at)).reverse());
}

/** The same cycle, told from the node that stands first in the document. */
function fromFirst(scope: IndexedScope, found: readonly string[]): string[] {
  const ids = new Set(found);
  const first = scope.nodes.find(({ node }) => ids.has(node.id))?.node.id ?? "";
  const start = Math.max(0, found.indexOf(first));
  return [...found.slice(start), ...found.slice(0, start)];
}

/** Answers "is `a` before `b`?" for one scope; null when the scope has a cycle and so no order. */
export function precedence(scope: IndexedScope): ((earlier: string, later: string) => boolean) | null {
  const { order, left, targets } = sorted(scope);
  if (left.size > 0) return null;
  const position = new Map(order.map((id, index) => [id, index]));
  const words = Math.ceil(order.length / 32);
  // One bit per pair: 2,000 nodes are 500 kB and a few hundred thousand operations.
  const ancestors = new Uint32Array(order.length * words);
  for (const [index, id] of order.entries()) {
    for (const to of new Set(targets.get(id))) {
      const row = (position.get(to) ?? 0) * words;
      for (let word = 0; word < words; word += 1)
        ancestors[row + word] = (ancestors[row + word] ?? 0) | (ancestors[index * words + word] ?? 0);
      ancestors[row + (index >>> 5)] = (ancestors[row + (index >>> 5)] ?? 0) | (1 << (index & 31));
    }
  }
  return (earlier, later) => {
    const from = position.get(earlier);
    const to = position.get(later);
    if (from === undefined || to === undefined) return false;
    return ((ancestors[to * words + (from >>> 5)] ?? 0) & (1 << (from & 31))) !== 0;
  };
}
