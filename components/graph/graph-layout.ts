import type { ELK, ElkNode } from "elkjs/lib/elk-api";
import type { WorkflowGraph } from "@/core/contracts/run";

export const cardSize = { width: 240, height: 72 };

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where each card stands, relative to its container. Keeps positions that people chose when every card has one. */
export async function layoutGraph(graph: WorkflowGraph): Promise<Map<string, Box>> {
  const chosen = chosenBoxes(graph);
  if (chosen) return chosen;
  const laidOut = await (await engine()).layout(elkGraph(graph));
  const boxes = new Map<string, Box>();
  const collect = (node: ElkNode) => {
    for (const child of node.children ?? []) {
      boxes.set(child.id, { x: child.x ?? 0, y: child.y ?? 0, width: child.width ?? cardSize.width, height: child.height ?? cardSize.height });
      collect(child);
    }
  };
  collect(laidOut);
  return boxes;
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
        return children.length === 0 ? { id: node.id, ...cardSize } : { id: node.id, children, layoutOptions: { "elk.padding": "[top=60,left=24,bottom=24,right=24]" } };
      });
  return {
    id: "root",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "DOWN",
      "elk.hierarchyHandling": "INCLUDE_CHILDREN",
      "elk.spacing.nodeNode": "40",
      "elk.layered.spacing.nodeNodeBetweenLayers": "56",
      "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
      // Left to right in the order of the document, so that "true" stays left of "false".
      "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
    },
    children: childrenOf(null),
    edges: graph.edges.filter((edge) => known.has(edge.from) && known.has(edge.to)).map((edge) => ({ id: edge.id, sources: [edge.from], targets: [edge.to] })),
  };
}

let loading: Promise<ELK> | undefined;

/** One engine for the page, in a worker: 500 cards take a moment that must not freeze the page. */
function engine(): Promise<ELK> {
  loading ??= import("elkjs/lib/elk-api").then(({ default: Elk }) => new Elk({ workerFactory: () => new Worker(new URL("./elk.worker.ts", import.meta.url), { type: "module" }) }));
  return loading;
}
