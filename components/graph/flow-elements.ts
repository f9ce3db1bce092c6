import { Position } from "@xyflow/react";
import type { WorkflowGraph } from "@/core/workflow/graph";
import type { Box, Point } from "./box";
import { markFaces, type NodeMark } from "./node-mark";
import type { NodeState } from "./node-state";
import type { RoutedEdgeType } from "./routed-edge";
import type { StepNodeType } from "./step-node";

/** React Flow's nodes: containers before what stands in them, as it demands. */
export function flowNodes(
  graph: WorkflowGraph,
  boxes: ReadonlyMap<string, Box>,
  states: ReadonlyMap<string, NodeState>,
  marks: ReadonlyMap<string, NodeMark> = new Map(),
): StepNodeType[] {
  const parents = new Set(graph.nodes.map((node) => node.parentId));
  return byDepth(graph.nodes).map((card) => {
    const box = boxes.get(card.id) ?? { x: 0, y: 0, width: 240, height: 72 };
    const state = states.get(card.id) ?? null;
    const mark = marks.get(card.id) ?? null;
    return {
      id: card.id,
      type: parents.has(card.id) ? "container" : "step",
      position: { x: box.x, y: box.y },
      width: box.width,
      height: box.height,
      // Known before it is drawn, so that of a long drawing only what is in sight is.
      measured: { width: box.width, height: box.height },
      handles: [
        { type: "target", position: Position.Top, x: box.width / 2, y: 0 },
        { type: "source", position: Position.Bottom, x: box.width / 2, y: box.height },
      ],
      data: { card, state, mark },
      ariaLabel: [
        card.title,
        card.type.replaceAll("_", " "),
        state?.line ?? "",
        mark === null ? "" : markFaces[mark].word.toLowerCase(),
      ]
        .filter((part) => part !== "")
        .join(", "),
      ...(card.parentId !== null && { parentId: card.parentId }),
    };
  });
}

export function flowEdges(
  graph: WorkflowGraph,
  routes: ReadonlyMap<string, readonly Point[]>,
  states: ReadonlyMap<string, NodeState>,
): RoutedEdgeType[] {
  return graph.edges.map((edge) => {
    const walked = hasRun(states.get(edge.from)) && hasRun(states.get(edge.to));
    return {
      id: edge.id,
      source: edge.from,
      target: edge.to,
      type: "routed",
      data: { route: routes.get(edge.id) ?? [] },
      focusable: false,
      ...(edge.label !== null && { label: edge.label }),
      className: walked ? "walked" : undefined,
      zIndex: 1,
    };
  });
}

function hasRun(state: NodeState | undefined): boolean {
  return state !== undefined && state.status !== "pending" && state.status !== "skipped";
}

function byDepth(nodes: WorkflowGraph["nodes"]): WorkflowGraph["nodes"] {
  const parentOf = new Map(nodes.map((node) => [node.id, node.parentId]));
  const depth = (id: string): number => {
    let steps = 0;
    for (
      let parent = parentOf.get(id) ?? null;
      parent !== null && steps < nodes.length;
      parent = parentOf.get(parent) ?? null
    )
      steps += 1;
    return steps;
  };
  return [...nodes].sort((a, b) => depth(a.id) - depth(b.id));
}
