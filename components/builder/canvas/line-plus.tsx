"use client";
import { useStore, ViewportPortal } from "@xyflow/react";
import { Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { labelPoint } from "@/components/graph/edge-path";
import type { Box } from "@/components/graph/box";
import { useBuilder } from "@/components/builder/state/use-builder";
import { useCanvasActions } from "./canvas-actions";
import type { CanvasGraph } from "./canvas-graph";
import { useCanvasUi, useCanvasUiStore } from "./canvas-ui";
import { routesOf } from "./line-routes";

const lingerMs = 400;

/** A plus in the middle of the connection under the pointer, or of the selected one: adds a step there. */
export function LinePlus({ graph, places }: { graph: CanvasGraph; places: ReadonlyMap<string, Box> }) {
  const ui = useCanvasUiStore();
  const actions = useCanvasActions();
  const hovered = useCanvasUi((state) => state.hoveredEdge);
  const selected = useBuilder((state) =>
    state.selectedEdges.size === 1 && state.selectedNodes.size === 0 ? [...state.selectedEdges][0] : undefined,
  );
  const busy = useStore((state) => state.connection.inProgress || state.userSelectionActive);
  const [over, setOver] = useState(false);
  const id = hovered ?? selected ?? null;
  const edge = id === null ? undefined : graph.edges.get(id);
  const route = id === null ? undefined : routesOf(graph, places).get(id);
  useEffect(() => {
    if (hovered === null || over) return;
    const timer = setTimeout(() => ui.setState({ hoveredEdge: null }), lingerMs * 4);
    return () => clearTimeout(timer);
  }, [hovered, over, ui]);
  if (!edge || !route || busy) return null;
  const { x, y } = labelPoint(route);
  return (
    <ViewportPortal>
      <button
        type="button"
        aria-label={`Add a step here: ${graph.steps.get(edge.from)?.facts.title ?? ""} to ${graph.steps.get(edge.to)?.facts.title ?? ""}`}
        title="Add a step here"
        style={{ transform: `translate(${String(x)}px, ${String(y)}px) translate(-50%, -50%)` }}
        onPointerEnter={() => setOver(true)}
        onPointerLeave={() => setOver(false)}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          actions.openPalette({ kind: "on", edge }, { x: left + 20, y: bottom - 20 });
        }}
        className="nopan nodrag pointer-events-auto absolute top-0 left-0 z-[5] inline-flex size-7 items-center justify-center rounded-full border border-control bg-surface text-ink-2 hover:border-link hover:bg-link hover:text-surface"
      >
        <Plus size={15} strokeWidth={2.25} aria-hidden />
      </button>
    </ViewportPortal>
  );
}
