import type { CanvasGraph } from "@/components/builder/canvas/canvas-graph";

/**
 * For every step the last one that all ways to it go through; null is the beginning itself. `order` has every step after those
 * that lead to it, and one pass is enough then, since nothing leads back.
 */
export function dominators(
  graph: CanvasGraph,
  order: readonly string[],
  entries: ReadonlySet<string>,
): { parent: Map<string, string | null>; children: Map<string | null, string[]> } {
  const parent = new Map<string, string | null>();
  const depth = new Map<string | null, number>([[null, 0]]);
  const common = (a: string | null, b: string | null): string | null => {
    let [left, right] = [a, b];
    while (left !== right) {
      const leftDepth = depth.get(left) ?? 0;
      const rightDepth = depth.get(right) ?? 0;
      if (left !== null && leftDepth >= rightDepth) left = parent.get(left) ?? null;
      else if (right !== null) right = parent.get(right) ?? null;
    }
    return left;
  };
  for (const id of order) {
    const before = (graph.incoming.get(id) ?? []).map(({ from }) => from).filter((from) => parent.has(from));
    const found = entries.has(id)
      ? null
      : before.reduce<string | null | undefined>(
          (sofar, from) => (sofar === undefined ? from : common(sofar, from)),
          undefined,
        );
    parent.set(id, found ?? null);
    depth.set(id, (depth.get(found ?? null) ?? 0) + 1);
  }
  const children = new Map<string | null, string[]>();
  for (const id of order) {
    const above = parent.get(id) ?? null;
    const list = children.get(above);
    if (list) list.push(id);
    else children.set(above, [id]);
  }
  return { parent, children };
}
