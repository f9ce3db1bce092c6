import type { WorkflowGraph } from "@/core/workflow/graph";

export interface MiniDrawing {
  columns: number;
  rows: number;
  boxes: { id: string; column: number; row: number; color: string }[];
  lines: { from: string; to: string }[];
}

/** A small picture of a workflow's shape: steps in columns by how far they are from the start; bodies of loops are left out. */
export function miniLayout({ nodes, edges }: WorkflowGraph): MiniDrawing {
  const outer = nodes.filter(({ parentId }) => parentId === null);
  const ids = new Set(outer.map(({ id }) => id));
  const lines = edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
  const column = new Map<string, number>();
  const place = (id: string, at: number, seen: ReadonlySet<string>): void => {
    if (seen.has(id) || (column.get(id) ?? -1) >= at) return;
    column.set(id, at);
    for (const line of lines) if (line.from === id) place(line.to, at + 1, new Set([...seen, id]));
  };
  for (const { id } of outer) if (!lines.some(({ to }) => to === id)) place(id, 0, new Set());
  const used = new Map<number, number>();
  const boxes = outer.map(({ id, color }) => {
    const at = column.get(id) ?? 0;
    const row = used.get(at) ?? 0;
    used.set(at, row + 1);
    return { id, column: at, row, color };
  });
  return {
    columns: Math.max(0, ...used.keys()) + 1,
    rows: Math.max(1, ...used.values()),
    boxes,
    // Two branches may lead to the same step.
    lines: [...new Map(lines.map(({ from, to }) => [`${from} ${to}`, { from, to }])).values()],
  };
}
