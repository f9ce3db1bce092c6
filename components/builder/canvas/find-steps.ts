import type { CanvasGraph, CanvasStep } from "./canvas-graph";
import { orderOf } from "./walk";

/** Steps that hold all the words, those with them in their name first, otherwise in the order of the workflow. */
export function findSteps(graph: CanvasGraph, query: string): CanvasStep[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return [];
  const matches = allInOrder(graph, null).filter((step) => {
    const text = textOf(step);
    return words.every((word) => text.includes(word));
  });
  const named = (step: CanvasStep) => (words.every((word) => step.facts.title.toLowerCase().includes(word)) ? 0 : 1);
  return matches.sort((a, b) => named(a) - named(b));
}

function allInOrder(graph: CanvasGraph, container: string | null): CanvasStep[] {
  return orderOf(graph, container).flatMap((id) => {
    const step = graph.steps.get(id);
    return step ? [step, ...(step.facts.container ? allInOrder(graph, id) : [])] : [];
  });
}

function textOf({ id, node, facts }: CanvasStep): string {
  return [facts.title, facts.typeTitle, facts.summary, id, node.note ?? ""].join(" ").toLowerCase();
}
