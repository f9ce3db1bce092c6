import type { ELK, ElkExtendedEdge, ElkNode } from "elkjs/lib/elk-api";
import type { WorkflowGraph } from "@/core/contracts/run";

export const cardSize = { width: 240, height: 72 };

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  width: number;
  height: number;
}

export interface GraphLayout {
  /** Relative to the container a card stands in. */
  boxes: ReadonlyMap<string, Box>;
  /** The way of each edge around the cards, in the drawing's coordinates. Empty where people chose the positions. */
  routes: ReadonlyMap<string, readonly Point[]>;
}

/** Where each card stands and how the edges lead. Keeps positions that people chose when every card has one. */
export async function layoutGraph(graph: WorkflowGraph): Promise<GraphLayout> {
  const chosen = chosenBoxes(graph);
  if (chosen) return { boxes: chosen, routes: new Map() };
  return readLayout(await (await engine()).layout(elkGraph(graph)));
}

/** The boxes made of stored positions; null when a card has none, or when containers need measuring. */
export function chosenBoxes(graph: WorkflowGraph): Map<string, Box> | null {
  const boxes = new Map<string, Box>();
  for (const node of graph.nodes) {
    if (node.position === null || node.parentId !== null) return null;
    boxes.set(node.id, { ...node.position, ...cardSize });
  }
  return boxes;
}

/** The graph as the layout engine wants it: containers hold their bodies, edges stand at the top. */
export function elkGraph(graph: WorkflowGraph): ElkNode {
  const known = new Set(graph.nodes.map((node) => node.id));
  const childrenOf = (parentId: string | null): ElkNode[] =>
    graph.nodes
      .filter((node) => node.parentId === parentId)
      .map((node) => {
        const children = childrenOf(node.id);
        return children.length === 0
          ? { id: node.id, ...cardSize }
          : {
              id: node.id,
              children,
              layoutOptions: { ...spacing, "elk.padding": "[top=64,left=24,bottom=24,right=24]" },
            };
      });
  return {
    id: "root",
    layoutOptions: {
      ...spacing,
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
