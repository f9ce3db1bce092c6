import type { EditableDocument, Operation } from "@/core/workflow/edit/operation";
import { insertOnEdge } from "@/core/workflow/edit/compose";
import { cardSize, type Box, type Point } from "@/components/graph/box";
import type { CanvasGraph } from "./canvas-graph";
import { placeInside, type DropTarget } from "./drop-target";
import { clearOf, keepPlaces, type Moves } from "./make-room";
import { pushingAside } from "./push-aside";
import { definitions } from "./step-facts";

export interface DraggedCard {
  id: string;
  /** Relative to the container it stood in when the drag began. */
  position: Point;
  /** In the drawing's coordinates. */
  absolute: Point;
}

export interface PlannedMove {
  operations: Operation[];
  say: string;
}

/** What letting go of dragged cards does: one move, and where they crossed the border of a loop, into it or out of it. */
export function planDrop(
  document: EditableDocument,
  graph: CanvasGraph,
  boxes: ReadonlyMap<string, Box>,
  drawn: ReadonlyMap<string, Box>,
  dragged: readonly DraggedCard[],
  target: DropTarget,
): PlannedMove {
  const ids = new Set(dragged.map(({ id }) => id));
  const staying: Moves = [];
  const operations: Operation[] = [];
  let crossed = 0;
  for (const { id, position, absolute } of dragged) {
    const step = graph.steps.get(id);
    if (!step) continue;
    if (step.container === target.container) {
      staying.push({ id, x: Math.round(position.x), y: Math.round(position.y) });
      continue;
    }
    crossed += 1;
    const inside = placeInside(absolute, target.container === null ? undefined : drawn.get(target.container));
    const { width, height } = boxes.get(id) ?? cardSize;
    const place = clearOf(graph, boxes, target.container, { ...inside, width, height });
    operations.push({ op: "nest_node", id, container: target.container, ...place });
  }
  const moves = [...staying, ...keepPlaces(graph, boxes, ids)];
  if (moves.length > 0) operations.unshift({ op: "move_nodes", moves });
  const edge = target.edge === null ? undefined : graph.edges.get(target.edge);
  const [only] = dragged;
  const node = only && dragged.length === 1 ? graph.steps.get(only.id) : undefined;
  if (edge && node && edge.container === target.container) {
    operations.push(...joining(document, edge, node.node));
    return { operations, say: `${node.facts.title} put between two steps` };
  }
  if (crossed === 0) return { operations, say: "" };
  const inside = target.container === null ? null : graph.steps.get(target.container)?.facts.title;
  const what = crossed === 1 ? (node?.facts.title ?? "1 step") : `${crossed} steps`;
  return {
    operations: pushingAside(document, operations),
    say: inside === null ? `${what} moved out of the loop` : `${what} moved into ${String(inside)}`,
  };
}

/** Shift and an arrow key move the selection by one dot of the ground. */
export function planNudge(
  graph: CanvasGraph,
  boxes: ReadonlyMap<string, Box>,
  selected: ReadonlySet<string>,
  by: Point,
): Operation[] {
  const moves = [...selected].flatMap((id) => {
    const box = boxes.get(id);
    const container = graph.steps.get(id)?.container ?? null;
    // What stands in a selected loop moves with it.
    if (!box || (container !== null && selected.has(container))) return [];
    return [{ id, x: Math.round(box.x + by.x), y: Math.round(box.y + by.y) }];
  });
  if (moves.length === 0) return [];
  return [{ op: "move_nodes", moves: [...moves, ...keepPlaces(graph, boxes, new Set(moves.map(({ id }) => id)))] }];
}

/** Every step to its place in the engine's layout. */
export function planLayout(graph: CanvasGraph, boxes: ReadonlyMap<string, Box>): Operation[] {
  const moves = [...graph.steps.keys()].flatMap((id) => {
    const box = boxes.get(id);
    return box ? [{ id, x: Math.round(box.x), y: Math.round(box.y) }] : [];
  });
  return moves.length === 0 ? [] : [{ op: "move_nodes", moves }];
}

/** The connections of `insertOnEdge` for a step that is there already. */
function joining(
  document: EditableDocument,
  edge: { from: string; case: string; to: string },
  node: Parameters<typeof insertOnEdge>[2],
): Operation[] {
  return insertOnEdge(document, { from: edge.from, case: edge.case, to: edge.to }, node, definitions).filter(
    ({ op }) => op !== "add_node",
  );
}
