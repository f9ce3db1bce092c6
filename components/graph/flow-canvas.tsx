"use client";
import "@xyflow/react/dist/base.css";
import "./flow-canvas.css";
import { Background, Controls, MiniMap, ReactFlow } from "@xyflow/react";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import type { RunStep } from "@/core/contracts/run";
import type { WorkflowGraph } from "@/core/workflow/graph";
import { ErrorState } from "@/components/ui/error-state";
import { flowEdges, flowNodes } from "./flow-elements";
import { layoutGraph, type GraphLayout } from "./graph-layout";
import type { NodeMark } from "./node-mark";
import { nodeStates } from "./node-state";
import { RoutedEdge } from "./routed-edge";
import { ContainerNode, StepNode } from "./step-node";

export interface FlowCanvasProps {
  graph: WorkflowGraph;
  /** Of a run: statuses and results appear on the cards. */
  steps?: readonly RunStep[];
  label: string;
  onSelect?: (nodeId: string) => void;
  /** Of a comparison: which steps differ from the other version. */
  marks?: ReadonlyMap<string, NodeMark>;
}

/** A read-only drawing of a workflow; pan, zoom and read. */
export function FlowCanvas({ graph, steps, label, onSelect, marks }: FlowCanvasProps) {
  const { layout, failure } = useLayout(graph);
  const states = useMemo(() => nodeStates(steps ?? []), [steps]);
  const nodes = useMemo(
    () => (layout ? flowNodes(graph, layout.boxes, states, marks) : []),
    [graph, layout, states, marks],
  );
  const edges = useMemo(() => (layout ? flowEdges(graph, layout.routes, states) : []), [graph, layout, states]);
  if (failure !== null) return <ErrorState title="The drawing could not be made" message={failure} />;
  if (!layout) return <div role="status" aria-label="Drawing the workflow" className="h-full bg-sunken" />;
  return (
    <ReactFlow
      aria-label={label}
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodeClick={(_, node) => onSelect?.(node.id)}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesFocusable={false}
      onlyRenderVisibleElements={nodes.length > 100}
      // The page scrolls over the drawing; zooming takes Ctrl or two fingers.
      preventScrolling={false}
      zoomOnScroll={false}
      minZoom={0.2}
      maxZoom={1.5}
      fitView
      fitViewOptions={{ padding: 0.08, maxZoom: 1, ...(nodes.length > 100 && { nodes: newest(steps ?? [], nodes) }) }}
    >
      <Background gap={16} size={1} />
      <Controls showInteractive={false} />
      {nodes.length > 20 && <MiniMap pannable ariaLabel="Overview" />}
    </ReactFlow>
  );
}

/** Of a drawing that is too long to be seen whole: where something happens, or the last that happened; else its beginning. */
function newest(steps: readonly RunStep[], nodes: readonly { id: string }[]): { id: string }[] {
  const at =
    steps.find(({ status }) => status === "waiting" || status === "running" || status === "failed") ??
    steps.findLast(({ status }) => status === "completed");
  return nodes.filter(({ id }) => id === (at?.nodeId ?? nodes[0]?.id));
}

const nodeTypes = { step: StepNode, container: ContainerNode };
const edgeTypes = { routed: RoutedEdge };

function useLayout(graph: WorkflowGraph) {
  const [layout, setLayout] = useState<GraphLayout | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  // The shape decides the layout; titles and results do not.
  const shape = JSON.stringify([
    graph.nodes.map((node) => [node.id, node.parentId, node.position]),
    graph.edges.map((edge) => [edge.from, edge.to]),
  ]);
  const layOut = useEffectEvent(() => layoutGraph(graph));
  useEffect(() => {
    let current = true;
    layOut().then(
      (result) => current && setLayout(result),
      () => current && setFailure("The layout engine stopped. Load the page again."),
    );
    return () => {
      current = false;
    };
  }, [shape]);
  return { layout, failure };
}
