import { absoluteBoxes, type Box, type Point } from "@/components/graph/box";
import { routeLine } from "@/components/graph/route-line";
import type { CanvasGraph } from "./canvas-graph";
import { branchOffset, lineEnds } from "./handle-places";

const known = new WeakMap<ReadonlyMap<string, Box>, { key: string; routes: Map<string, Point[]> }>();

/** The ways of all connections, in the drawing's coordinates; made again only when a card or a connection moved. */
export function routesOf(graph: CanvasGraph, boxes: ReadonlyMap<string, Box>): ReadonlyMap<string, Point[]> {
  const key = [...graph.edges.values()]
    .map((edge) => {
      const facts = graph.steps.get(edge.from)?.facts;
      return facts ? `${edge.id}@${branchOffset(facts, edge.case, 1000)}` : edge.id;
    })
    .join("\n");
  const present = known.get(boxes);
  if (present?.key === key) return present.routes;
  const routes = findRoutes(graph, boxes);
  known.set(boxes, { key, routes });
  return routes;
}

/** Boxes of every step in the drawing's coordinates. */
export function drawnBoxes(graph: CanvasGraph, boxes: ReadonlyMap<string, Box>): Map<string, Box> {
  return absoluteBoxes(
    [...graph.steps.values()].map(({ id, container }) => ({ id, parentId: container })),
    boxes,
  );
}

function findRoutes(graph: CanvasGraph, boxes: ReadonlyMap<string, Box>): Map<string, Point[]> {
  const drawn = drawnBoxes(graph, boxes);
  const siblings = new Map<string | null, Box[]>();
  for (const { id, container } of graph.steps.values()) {
    const box = drawn.get(id);
    const list = siblings.get(container);
    if (box && list) list.push(box);
    else if (box) siblings.set(container, [box]);
  }
  const routes = new Map<string, Point[]>();
  for (const edge of graph.edges.values()) {
    const source = drawn.get(edge.from);
    const target = drawn.get(edge.to);
    const facts = graph.steps.get(edge.from)?.facts;
    if (source && target && facts)
      routes.set(edge.id, routeLine(lineEnds(edge, facts, source, target), siblings.get(edge.container) ?? []));
  }
  return routes;
}
