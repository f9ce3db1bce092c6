"use client";
import "@xyflow/react/dist/base.css";
import "@/components/graph/flow-canvas.css";
import "./canvas.css";
import { Background, Controls, MiniMap, ReactFlow, ReactFlowProvider, SelectionMode } from "@xyflow/react";
import { useEffect, useMemo, useState } from "react";
import { useBuilder } from "@/components/builder/state/use-builder";
import { useCanvasActions } from "./canvas-actions";
import { createElementMaker, type CardNode, type LineEdge } from "./canvas-elements";
import { canvasGraph, type CanvasGraph } from "./canvas-graph";
import { CanvasLine } from "./canvas-line";
import { useCanvasUiStore } from "./canvas-ui";
import { EmptyCanvas } from "./empty-canvas";
import { LinePlus } from "./line-plus";
import { LoopBox, StepCard } from "./step-card";
import { useCanvasPlaces } from "./use-canvas-places";
import { beginAtStart, fitOptions, useCanvasView } from "./use-canvas-view";
import { useCardMarks } from "./use-card-marks";
import { useElementSync } from "./use-element-sync";
import { useFlowHandlers } from "./use-flow-handlers";

/** The drawing that people edit. It needs a browser to measure in. */
export function CanvasFlow() {
  const spec = useBuilder((state) => state.document.spec);
  const graph = useMemo(() => canvasGraph(spec), [spec]);
  const places = useCanvasPlaces(graph);
  if (!places) return <div role="status" aria-label="Drawing the workflow" className="h-full bg-sunken" />;
  return (
    <ReactFlowProvider>
      <Drawing graph={graph} places={places} />
    </ReactFlowProvider>
  );
}

function Drawing({ graph, places }: { graph: CanvasGraph; places: NonNullable<ReturnType<typeof useCanvasPlaces>> }) {
  const ui = useCanvasUiStore();
  const actions = useCanvasActions();
  const name = useBuilder((state) => state.workflow.name);
  const readOnly = useBuilder((state) => state.readOnly);
  const marks = useCardMarks();
  const [maker] = useState(createElementMaker);
  const nodes = useMemo(() => maker.nodes(graph, places, marks), [maker, graph, places, marks]);
  const edges = useMemo(() => maker.edges(graph, places, marks), [maker, graph, places, marks]);
  // A large workflow opens readable, at its beginning, instead of whole and tiny.
  const [first] = useState({ nodes, edges, whole: nodes.length <= mostShownWhole });
  const putBack = useElementSync(nodes, edges);
  useEffect(() => ui.setState({ boxes: places }), [ui, places]);
  useCanvasView();
  const handlers = useFlowHandlers(graph, places, putBack);
  return (
    <div
      className="builder-canvas relative h-full"
      onDragOver={handlers.onDragOver}
      onDrop={handlers.onDrop}
      onDragLeave={handlers.onDragLeave}
    >
      <ReactFlow<CardNode, LineEdge>
        aria-label={`Canvas of ${name}. The outline holds the same steps as a list.`}
        defaultNodes={first.nodes}
        defaultEdges={first.edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        {...handlers.flow}
        tabIndex={0}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        edgesReconnectable={!readOnly}
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={multiKeys}
        selectionMode={SelectionMode.Partial}
        onlyRenderVisibleElements
        elevateNodesOnSelect={false}
        elevateEdgesOnSelect={false}
        zIndexMode="manual"
        zoomOnDoubleClick={false}
        selectNodesOnDrag={false}
        snapToGrid
        snapGrid={snapGrid}
        connectionRadius={28}
        nodeDragThreshold={3}
        minZoom={0.1}
        maxZoom={1.75}
        fitView={first.whole}
        onInit={(flow) => {
          if (!first.whole) beginAtStart(flow, graph, places);
        }}
        fitViewOptions={fitOptions}
        ariaLabelConfig={words}
      >
        <Background gap={16} size={1} />
        <Controls showInteractive={false} fitViewOptions={fitOptions} />
        {graph.steps.size > 12 && (
          <MiniMap pannable zoomable ariaLabel="Overview" className="max-md:hidden" style={overviewSize} />
        )}
        <ArrowHead />
        {!readOnly && <LinePlus graph={graph} places={places} />}
      </ReactFlow>
      {graph.steps.size === 0 && <EmptyCanvas onAdd={() => actions.run("add")} readOnly={readOnly} />}
    </div>
  );
}

/** One arrow for all connections, in their colour. */
function ArrowHead() {
  return (
    <svg aria-hidden className="absolute size-0">
      <defs>
        <marker
          id="line-end"
          viewBox="-6 -5 12 10"
          markerWidth="12"
          markerHeight="10"
          orient="auto-start-reverse"
          markerUnits="userSpaceOnUse"
          refX="0"
          refY="0"
        >
          <path
            d="M -5 -4 L 1 0 L -5 4"
            fill="none"
            stroke="context-stroke"
            strokeWidth="1.5"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </marker>
      </defs>
    </svg>
  );
}

const nodeTypes = { step: StepCard, container: LoopBox };
const edgeTypes = { line: CanvasLine };
const overviewSize = { width: 168, height: 112 };
const mostShownWhole = 60;
const multiKeys = ["Shift", "Control", "Meta"];
const snapGrid: [number, number] = [8, 8];

const words = {
  "controls.ariaLabel": "Zoom",
  "controls.zoomIn.ariaLabel": "Zoom in",
  "controls.zoomOut.ariaLabel": "Zoom out",
  "controls.fitView.ariaLabel": "Show the whole workflow",
};
