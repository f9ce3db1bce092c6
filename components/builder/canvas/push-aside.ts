import { applyOperations } from "@/core/workflow/edit/apply-operations";
import type { EditableDocument, Operation } from "@/core/workflow/edit/operation";
import type { Box } from "@/components/graph/box";
import { placeChosen } from "@/components/graph/placement";
import { triggerDefinitions } from "@/triggers/definitions";
import { canvasGraph, containersOf, layoutInput, type CanvasGraph } from "./canvas-graph";
import { hasChosenPlaces, type Moves } from "./make-room";
import { definitions } from "./step-facts";

const mostRounds = 8;

/**
 * The operations, and after them one that moves down what a grown loop would cover. From the inside out: what moves inside a
 * loop lets that one grow too.
 */
export function pushingAside(document: EditableDocument, operations: Operation[]): Operation[] {
  let next = applyOperations(document, operations, definitions, triggerDefinitions).document;
  if (!hasChosenPlaces(canvasGraph(next.spec))) return operations;
  const before = boxesOf(canvasGraph(document.spec));
  const handled = new Set<string>();
  const moves: Moves = [];
  for (let round = 0; round < mostRounds; round += 1) {
    const graph = canvasGraph(next.spec);
    const after = boxesOf(graph);
    const [grown] = grownLoops(graph, before, after).filter((id) => !handled.has(id));
    if (grown === undefined) break;
    handled.add(grown);
    const step = movesBelow(graph, grown, before, after);
    if (step.length === 0) continue;
    moves.push(...step);
    next = applyOperations(next, [{ op: "move_nodes", moves: step }], definitions, triggerDefinitions).document;
  }
  return moves.length === 0 ? operations : [...operations, { op: "move_nodes", moves }];
}

type Boxes = ReadonlyMap<string, Box>;

/** Loops that are taller than before, innermost first. */
function grownLoops(graph: CanvasGraph, before: Boxes, after: Boxes): string[] {
  return [...graph.steps.values()]
    .filter(({ id, facts }) => facts.container && (after.get(id)?.height ?? 0) > (before.get(id)?.height ?? Infinity))
    .map(({ id }) => id)
    .sort((a, b) => containersOf(graph, b).length - containersOf(graph, a).length);
}

/** Everything beside the loop that stood below it and would be covered, or follows what would be. */
function movesBelow(graph: CanvasGraph, loop: string, before: Boxes, after: Boxes): Moves {
  const old = before.get(loop);
  const now = after.get(loop);
  const container = graph.steps.get(loop)?.container ?? null;
  if (!old || !now) return [];
  const bottom = old.y + old.height;
  const below = (graph.scopes.get(container)?.ids ?? []).flatMap((id) => {
    const box = after.get(id);
    return id !== loop && box && box.y >= bottom - 1 ? [{ id, box }] : [];
  });
  const missing = now.height - old.height;
  return below.map(({ id, box }) => ({ id, x: Math.round(box.x), y: Math.round(box.y + missing) }));
}

function boxesOf(graph: CanvasGraph): Boxes {
  const { nodes, edges } = layoutInput(graph);
  return placeChosen(nodes, edges);
}
