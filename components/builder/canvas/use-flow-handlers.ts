"use client";
import { useReactFlow, type ReactFlowProps } from "@xyflow/react";
import { useMemo, useState, type DragEvent, type MouseEvent as ReactMouseEvent } from "react";
import type { Box } from "@/components/graph/box";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import { isPaletteDrag, readPaletteDrag } from "@/components/builder/palette/palette-drag";
import { useCanvasActions } from "./canvas-actions";
import type { CardNode, LineEdge } from "./canvas-elements";
import type { CanvasGraph } from "./canvas-graph";
import { useCanvasUiStore } from "./canvas-ui";
import { connectionHandlers } from "./connection-handlers";
import { cardDropTarget, dropTarget, placeInside, type DropTarget } from "./drop-target";
import { drawnBoxes, routesOf } from "./line-routes";
import { planDrop } from "./plan-move";

type FlowProps = ReactFlowProps<CardNode, LineEdge>;

/** What the pointer does on the drawing. The drawing keeps its own state while something is dragged; one edit comes at the end. */
export function useFlowHandlers(graph: CanvasGraph, places: ReadonlyMap<string, Box>, putBack: () => void) {
  const store = useBuilderStore();
  const ui = useCanvasUiStore();
  const actions = useCanvasActions();
  const flow = useReactFlow<CardNode, LineEdge>();
  const [connecting] = useState(() => connectionHandlers(actions, flow.screenToFlowPosition));
  const drawn = useMemo(() => drawnBoxes(graph, places), [graph, places]);

  const setDrop = (drop: DropTarget | null) => {
    const before = ui.getState().drop;
    if (before?.edge !== drop?.edge || before?.container !== drop?.container) ui.setState({ drop });
  };
  const targetOf = (event: { clientX: number; clientY: number }, dragged: readonly CardNode[]): DropTarget => {
    const pointer = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const [only] = dragged;
    const at = only ? flow.getInternalNode(only.id)?.internals.positionAbsolute : undefined;
    const middle = only && at ? { x: at.x + (only.width ?? 240) / 2, y: at.y + (only.height ?? 72) / 2 } : pointer;
    const ids = new Set(dragged.map(({ id }) => id));
    return cardDropTarget({ ids, pointer, middle }, graph, drawn, routesOf(graph, places));
  };

  const onNodeDrag: FlowProps["onNodeDrag"] = (event, _node, dragged) => setDrop(targetOf(pointOf(event), dragged));
  const drop = (event: PointerEventLike, dragged: readonly CardNode[]) => {
    const target = targetOf(pointOf(event), dragged);
    setDrop(null);
    const moved = dragged.some(({ id, position }) => {
      const box = places.get(id);
      return box === undefined || box.x !== position.x || box.y !== position.y;
    });
    if (!moved) return;
    const cards = dragged.map(({ id, position }) => ({
      id,
      position,
      absolute: flow.getInternalNode(id)?.internals.positionAbsolute ?? position,
    }));
    const before = store.getState().document;
    actions.perform(planDrop(before, graph, places, drawn, cards, target), "drag");
    if (store.getState().document === before) putBack();
  };

  const pick = (nodes: Iterable<string>, edges: Iterable<string>) => store.getState().select(nodes, edges);
  const flowProps: FlowProps = {
    ...connecting,
    onNodeDrag,
    onNodeDragStop: (event, _node, dragged) => drop(event, dragged),
    onSelectionDrag: (event, dragged) => setDrop(targetOf(event, dragged)),
    onSelectionDragStop: (event, dragged) => drop(event, dragged),
    onNodesChange(changes) {
      const next = new Set(store.getState().selectedNodes);
      if (takeSelection(next, changes)) pick(next, store.getState().selectedEdges);
    },
    onEdgesChange(changes) {
      const next = new Set(store.getState().selectedEdges);
      if (takeSelection(next, changes)) pick(store.getState().selectedNodes, next);
    },
    onNodeClick(event, { id }) {
      if (!event.shiftKey && !event.ctrlKey && !event.metaKey) store.getState().openStep(id);
    },
    onEdgeClick(event, { id }) {
      if (event.shiftKey || event.ctrlKey || event.metaKey) return;
      pick([], [id]);
      store.getState().openPanel("step");
    },
    onEdgeMouseEnter: (_event, { id }) => ui.setState({ hoveredEdge: id }),
    onPaneMouseMove: () => undefined,
    onNodeContextMenu(event, { id }) {
      event.preventDefault();
      if (!store.getState().selectedNodes.has(id)) pick([id], []);
      ui.setState({ menu: { screen: { x: event.clientX, y: event.clientY }, id } });
    },
    onEdgeContextMenu(event, { id }) {
      event.preventDefault();
      pick([], [id]);
      ui.setState({ menu: { screen: { x: event.clientX, y: event.clientY }, id: null } });
    },
    onSelectionContextMenu(event) {
      event.preventDefault();
      ui.setState({ menu: { screen: { x: event.clientX, y: event.clientY }, id: null } });
    },
    onPaneContextMenu(event) {
      event.preventDefault();
      ui.setState({ menu: { screen: { x: event.clientX, y: event.clientY }, id: null } });
    },
  };

  return {
    flow: flowProps,
    onDragOver(event: DragEvent) {
      if (!isPaletteDrag(event) || store.getState().readOnly) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      setDrop(dropTarget(point, graph, drawn, routesOf(graph, places)));
    },
    onDragLeave(event: DragEvent) {
      // Passing from one card to the next leaves nothing.
      if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setDrop(null);
    },
    onDrop(event: DragEvent) {
      const choice = readPaletteDrag(event);
      if (!choice || store.getState().readOnly) return;
      event.preventDefault();
      const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const { edge: id, container } = dropTarget(point, graph, drawn, routesOf(graph, places));
      setDrop(null);
      ui.setState({ palette: null });
      const edge = id === null ? undefined : graph.edges.get(id);
      if (edge) {
        actions.add(choice, { kind: "on", edge });
        return;
      }
      const corner = { x: point.x - 120, y: point.y - 36 };
      actions.add(
        choice,
        { kind: "loose", container },
        placeInside(corner, container === null ? undefined : drawn.get(container)),
      );
    },
  };
}

/** Applies what the drawing says was selected; false when it says nothing new. */
function takeSelection(selected: Set<string>, changes: readonly { type: string }[]): boolean {
  let changed = false;
  for (const change of changes) {
    if (change.type !== "select" || !("id" in change) || !("selected" in change)) continue;
    const id = String(change.id);
    if (change.selected === selected.has(id)) continue;
    changed = true;
    if (change.selected === true) selected.add(id);
    else selected.delete(id);
  }
  return changed;
}

type PointerEventLike = MouseEvent | TouchEvent | ReactMouseEvent;

function pointOf(event: PointerEventLike): { clientX: number; clientY: number } {
  if ("clientX" in event) return event;
  const [touch] = event.changedTouches.length > 0 ? [event.changedTouches[0]] : [];
  return { clientX: touch?.clientX ?? 0, clientY: touch?.clientY ?? 0 };
}
