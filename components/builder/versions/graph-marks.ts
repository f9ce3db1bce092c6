import type { WorkflowGraph } from "@/core/workflow/graph";
import type { DocumentChange } from "@/core/workflow/edit/document-changes";

/** How cards and connections of one drawing differ from the other one, by their ids. */
export function graphMarks(
  changes: readonly DocumentChange[],
  graph: WorkflowGraph,
): ReadonlyMap<string, DocumentChange["kind"]> {
  const there = new Set([...graph.nodes, ...graph.edges].map(({ id }) => id));
  const marks = new Map<string, DocumentChange["kind"]>();
  for (const { subject, id, kind } of changes)
    // A step that is new or gone says more than that it also changed.
    if ((subject === "step" || subject === "connection") && there.has(id) && marks.get(id) !== "added")
      marks.set(id, kind);
  return marks;
}

/** The step to look at for a change; null when it is about none. */
export function stepOfChange({ subject, id }: DocumentChange, graph: WorkflowGraph): string | null {
  if (subject === "step") return graph.nodes.some((node) => node.id === id) ? id : null;
  if (subject !== "connection") return null;
  return graph.edges.find((edge) => edge.id === id)?.from ?? null;
}
