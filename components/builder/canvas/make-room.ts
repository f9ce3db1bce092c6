import type { Operation } from "@/core/workflow/edit/operation";
import { cardSize, type Box, type Point } from "@/components/graph/box";
import { freePlace, rowGap, wantsLayout } from "@/components/graph/placement";
import { layoutInput, storedPosition, type CanvasEdge, type CanvasGraph } from "./canvas-graph";
import { branchOffset } from "./handle-places";

export interface CardSize {
  width: number;
  height: number;
}

export type Moves = Extract<Operation, { op: "move_nodes" }>["moves"];

/** True where people chose the places, so that a new step needs one too. */
export function hasChosenPlaces(graph: CanvasGraph): boolean {
  return graph.steps.size > 0 && !wantsLayout(layoutInput(graph).nodes);
}

/** Keeps everything where it is drawn now: from the first placing by hand, the engine moves nothing any more. */
export function keepPlaces(
  graph: CanvasGraph,
  boxes: ReadonlyMap<string, Box>,
  except: ReadonlySet<string> = new Set(),
): Moves {
  return [...graph.steps.values()].flatMap(({ id, node }) => {
    const box = boxes.get(id);
    if (!box || except.has(id) || storedPosition(node) !== null) return [];
    return [{ id, x: Math.round(box.x), y: Math.round(box.y) }];
  });
}

/** Below the branch that leads to it, where nothing stands. Relative to the container. */
export function placeAfter(
  graph: CanvasGraph,
  boxes: ReadonlyMap<string, Box>,
  from: string,
  handle: string,
  size: CardSize,
): Point {
  const source = boxes.get(from);
  const step = graph.steps.get(from);
  if (!source || !step) return { x: 0, y: 0 };
  const middle =
    handle === "error" ? source.width + 40 + cardSize.width / 2 : branchOffset(step.facts, handle, source.width);
  const wanted = { x: source.x + middle - size.width / 2, y: source.y + source.height + rowGap, ...size };
  return clearOf(graph, boxes, step.container, wanted);
}

/** A place in the middle of a connection; what follows moves down when the gap is too small. */
export function placeBetween(
  graph: CanvasGraph,
  boxes: ReadonlyMap<string, Box>,
  edge: CanvasEdge,
  size: CardSize,
): { place: Point; moves: Moves } {
  const source = boxes.get(edge.from);
  const target = boxes.get(edge.to);
  if (!source || !target) return { place: { x: 0, y: 0 }, moves: [] };
  const place = {
    x: Math.round(target.x + (target.width - size.width) / 2),
    y: Math.round(source.y + source.height + rowGap),
  };
  const missing = place.y + size.height + rowGap - target.y;
  if (missing <= 0 || target.y < source.y) return { place, moves: [] };
  const following = reachable(graph, edge.to);
  const moves = [...following].flatMap((id) => {
    const box = boxes.get(id);
    return box && box.y >= target.y ? [{ id, x: Math.round(box.x), y: Math.round(box.y + missing) }] : [];
  });
  return { place, moves };
}

/** Below everything else in its scope. */
export function placeLoose(graph: CanvasGraph, boxes: ReadonlyMap<string, Box>, container: string | null): Point {
  const taken = siblingBoxes(graph, boxes, container);
  if (taken.length === 0) return container === null ? { x: 0, y: 0 } : { x: 24, y: 64 };
  return {
    x: Math.round(Math.min(...taken.map(({ x }) => x))),
    y: Math.round(Math.max(...taken.map(({ y, height }) => y + height)) + rowGap),
  };
}

/** The wanted place, moved aside from what stands there. */
export function clearOf(
  graph: CanvasGraph,
  boxes: ReadonlyMap<string, Box>,
  container: string | null,
  wanted: Box,
): Point {
  const { x, y } = freePlace(siblingBoxes(graph, boxes, container), wanted);
  return { x: Math.round(x), y: Math.round(y) };
}

/** A step and everything that connections lead to from it. */
function reachable(graph: CanvasGraph, from: string): Set<string> {
  const seen = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const { to } of graph.outgoing.get(id) ?? []) open.push(to);
  }
  return seen;
}

function siblingBoxes(graph: CanvasGraph, boxes: ReadonlyMap<string, Box>, container: string | null): Box[] {
  return (graph.scopes.get(container)?.ids ?? []).flatMap((id) => boxes.get(id) ?? []);
}
