import { containerPadding } from "@/components/graph/placement";
import type { Box, Point } from "@/components/graph/box";
import { containersOf, type CanvasGraph } from "./canvas-graph";

/** Where something would go if it were let go now. */
export interface DropTarget {
  /** The connection that would be cut in two. */
  edge: string | null;
  /** The loop it would stand in; null = the workflow itself. */
  container: string | null;
  /** The loop it stands in now. */
  from: string | null;
}

/** How near the middle of a card must come to a connection, px. */
const reach = 18;

/** What is under a new step that is dragged in from the palette. */
export function dropTarget(
  point: Point,
  graph: CanvasGraph,
  boxes: ReadonlyMap<string, Box>,
  routes: ReadonlyMap<string, readonly Point[]>,
): DropTarget {
  return { edge: edgeAt(point, routes), container: containerAt(point, graph, boxes), from: null };
}

/**
 * What is under a card that is dragged about. A connection takes it only where it could stand: in the same scope, not its own,
 * and only a step that is not part of anything yet.
 */
export function cardDropTarget(
  { ids, pointer, middle }: { ids: ReadonlySet<string>; pointer: Point; middle: Point },
  graph: CanvasGraph,
  boxes: ReadonlyMap<string, Box>,
  routes: ReadonlyMap<string, readonly Point[]>,
): DropTarget {
  const [id = ""] = ids;
  const step = graph.steps.get(id);
  const container = containerAt(pointer, graph, boxes, ids);
  const loose = ids.size === 1 && !graph.incoming.has(id) && !graph.outgoing.has(id);
  const fits = loose && step?.facts.takesInput === true && step.facts.branches.length > 0;
  const inScope = new Map([...routes].filter(([edge]) => graph.edges.get(edge)?.container === container));
  return { edge: fits ? edgeAt(middle, inScope) : null, container, from: step?.container ?? null };
}

/** The innermost loop under a point, leaving out loops that are being moved and what stands in them. */
export function containerAt(
  point: Point,
  graph: CanvasGraph,
  boxes: ReadonlyMap<string, Box>,
  moving: ReadonlySet<string> = new Set(),
): string | null {
  let found: { id: string; depth: number } | null = null;
  for (const { id, facts } of graph.steps.values()) {
    if (!facts.container || moving.has(id)) continue;
    const box = boxes.get(id);
    if (!box || !holds(box, point)) continue;
    const around = containersOf(graph, id);
    if (around.some((outer) => moving.has(outer))) continue;
    if (!found || around.length > found.depth) found = { id, depth: around.length };
  }
  return found?.id ?? null;
}

/** A place of the drawing, as a place inside a container: below the title, right of the border. */
export function placeInside(point: Point, container: Box | undefined): Point {
  if (!container) return { x: Math.round(point.x), y: Math.round(point.y) };
  return {
    x: Math.max(containerPadding.side, Math.round(point.x - container.x)),
    y: Math.max(containerPadding.top, Math.round(point.y - container.y)),
  };
}

function edgeAt(point: Point, routes: ReadonlyMap<string, readonly Point[]>): string | null {
  let found: { id: string; away: number } | null = null;
  for (const [id, route] of routes) {
    const away = distanceTo(point, route);
    if (away <= reach && (!found || away < found.away)) found = { id, away };
  }
  return found?.id ?? null;
}

/** Distance from the nearest stretch. */
function distanceTo(point: Point, route: readonly Point[]): number {
  let nearest = Infinity;
  route.forEach((from, index) => {
    const to = route[index + 1];
    if (!to) return;
    const x = Math.min(Math.max(point.x, Math.min(from.x, to.x)), Math.max(from.x, to.x));
    const y = Math.min(Math.max(point.y, Math.min(from.y, to.y)), Math.max(from.y, to.y));
    nearest = Math.min(nearest, Math.hypot(point.x - x, point.y - y));
  });
  return nearest;
}

function holds(box: Box, point: Point): boolean {
  return point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height;
}
