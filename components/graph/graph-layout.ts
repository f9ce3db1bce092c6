import type { ELK, ElkExtendedEdge, ElkNode } from "elkjs/lib/elk-api";
import { absoluteBoxes, cardSize, type Box, type Point } from "./box";
import { placeChosen, wantsLayout, type PlacedCard } from "./placement";
import { routeLine } from "./route-line";

/** What a layout needs to know of a drawing. */
export interface LayoutInput {
  nodes: readonly PlacedCard[];
  edges: readonly { id: string; from: string; to: string; label: string | null }[];
}

export interface GraphLayout {
  /** Relative to the container a card stands in. */
  boxes: ReadonlyMap<string, Box>;
  /** The way of each edge around the cards, in the drawing's coordinates. */
  routes: ReadonlyMap<string, readonly Point[]>;
}

/** Where each card stands and how the edges lead: where people put them, or where the engine does when nobody did. */
export async function layoutGraph(graph: LayoutInput): Promise<GraphLayout> {
  return wantsLayout(graph.nodes) ? engineLayout(graph) : chosenLayout(graph);
}

/** Asks the engine for all places, whatever people chose. */
export async function engineLayout(graph: LayoutInput): Promise<GraphLayout> {
  const start = performance.now();
  const layout = readLayout(await (await engine()).layout(elkGraph(graph)));
  // Seen in the browser's profiler, and by the benchmark.
  performance.measure("canvas-layout", { start });
  return layout;
}

export function chosenLayout(graph: LayoutInput): GraphLayout {
  const boxes = placeChosen(graph.nodes, graph.edges);
  const absolute = absoluteBoxes(graph.nodes, boxes);
  const obstacles = new Map<string | null, Box[]>();
  for (const { id, parentId } of graph.nodes) {
    const box = absolute.get(id);
    const known = obstacles.get(parentId);
    if (box && known) known.push(box);
    else if (box) obstacles.set(parentId, [box]);
  }
  const parentOf = new Map(graph.nodes.map(({ id, parentId }) => [id, parentId]));
  const routes = new Map<string, readonly Point[]>();
  for (const { id, from, to } of graph.edges) {
    const source = absolute.get(from);
    const target = absolute.get(to);
    if (!source || !target) continue;
    const ends = {
      from: { x: source.x + source.width / 2, y: source.y + source.height },
      to: { x: target.x + target.width / 2, y: target.y },
    };
    routes.set(id, routeLine(ends, obstacles.get(parentOf.get(from) ?? null) ?? []));
  }
  return { boxes, routes };
}

/** The graph as the layout engine wants it: containers hold their bodies, edges stand at the top. */
export function elkGraph(graph: LayoutInput): ElkNode {
  const known = new Set(graph.nodes.map((node) => node.id));
  const byParent = new Map<string | null, PlacedCard[]>();
  for (const node of graph.nodes) {
    const siblings = byParent.get(node.parentId);
    if (siblings) siblings.push(node);
    else byParent.set(node.parentId, [node]);
  }
  const childrenOf = (parentId: string | null): ElkNode[] =>
    (byParent.get(parentId) ?? []).map((node) => {
      const children = childrenOf(node.id);
      if (children.length > 0)
        return {
          id: node.id,
          children,
          layoutOptions: {
            ...spacing,
            ...(graph.nodes.length > manyCards && quick),
            "elk.padding": "[top=64,left=24,bottom=24,right=24]",
          },
        };
      return node.container === true
        ? { id: node.id, width: 288, height: 168 }
        : { id: node.id, ...cardSize, ...(node.width !== undefined && { width: node.width }) };
    });
  return {
    id: "root",
    layoutOptions: {
      ...spacing,
      ...(graph.nodes.length > manyCards && quick),
      "elk.algorithm": "layered",
      "elk.hierarchyHandling": "INCLUDE_CHILDREN",
      "elk.json.edgeCoords": "ROOT",
      // Left to right in the order of the document, so that "true" stays left of "false". Inside a container the engine
      // (elkjs 0.12) throws on it.
      "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
    },
    children: childrenOf(null),
    edges: graph.edges
      .filter((edge) => known.has(edge.from) && known.has(edge.to))
      .map((edge) => ({ id: edge.id, sources: [edge.from], targets: [edge.to], labels: labelsOf(edge.label) })),
  };
}

const spacing = {
  "elk.direction": "DOWN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.spacing.nodeNode": "40",
  "elk.spacing.edgeNode": "24",
  "elk.spacing.edgeLabel": "2",
  "elk.layered.spacing.edgeNodeBetweenLayers": "16",
  "elk.layered.spacing.nodeNodeBetweenLayers": "44",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
};

/** The best placement takes seconds from here on; this one a fraction. */
const manyCards = 120;
const quick = {
  "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
  "elk.layered.nodePlacement.bk.fixedAlignment": "BALANCED",
  "elk.layered.thoroughness": "2",
};

/** Reserves room for the label, so that no card stands under it. */
function labelsOf(label: string | null) {
  if (label === null) return [];
  const text = label.length * 7 + 16;
  return [{ text: label, width: text, height: 20, layoutOptions: { "elk.edgeLabels.inline": "true" } }];
}

/** Takes boxes and routes out of what the engine answers. */
export function readLayout(laidOut: ElkNode): GraphLayout {
  const boxes = new Map<string, Box>();
  const routes = new Map<string, Point[]>();
  const collect = (node: ElkNode) => {
    for (const edge of node.edges ?? []) routes.set(edge.id, routeOf(edge));
    for (const child of node.children ?? []) {
      boxes.set(child.id, {
        x: child.x ?? 0,
        y: child.y ?? 0,
        width: child.width ?? cardSize.width,
        height: child.height ?? cardSize.height,
      });
      collect(child);
    }
  };
  collect(laidOut);
  return { boxes, routes };
}

function routeOf(edge: ElkExtendedEdge): Point[] {
  return (edge.sections ?? []).flatMap((section) => [
    section.startPoint,
    ...(section.bendPoints ?? []),
    section.endPoint,
  ]);
}

let loading: Promise<ELK> | undefined;

/** One engine for the page, in a worker: 500 cards take a moment that must not freeze the page. */
function engine(): Promise<ELK> {
  loading ??= import("elkjs/lib/elk-api").then(
    ({ default: Elk }) =>
      new Elk({ workerFactory: () => new Worker(new URL("./elk.worker.ts", import.meta.url), { type: "module" }) }),
  );
  return loading;
}
