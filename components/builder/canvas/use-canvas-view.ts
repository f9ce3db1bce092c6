"use client";
import { useReactFlow, useStoreApi, type ReactFlowInstance } from "@xyflow/react";
import { useEffect } from "react";
import type { Box } from "@/components/graph/box";
import type { CardNode, LineEdge } from "./canvas-elements";
import type { CanvasGraph } from "./canvas-graph";
import { useCanvasUiStore } from "./canvas-ui";
import { entrance } from "./walk";

const glideMs = 180;
const edgeRoom = 40;
const readableZoom = 0.75;
/** The toolbar floats over the top. */
const topRoom = 72;

/** All of it, below the toolbar, and never larger than life. */
export const fitOptions = {
  padding: { top: `${topRoom + 16}px`, right: `${edgeRoom}px`, bottom: `${edgeRoom}px`, left: `${edgeRoom}px` },
  maxZoom: 1,
} as const;

/** Shows the first step at the top, large enough to read. */
export function beginAtStart(
  flow: ReactFlowInstance<CardNode, LineEdge>,
  graph: CanvasGraph,
  places: ReadonlyMap<string, Box>,
): void {
  const first = entrance(graph, null);
  const box = first === null ? undefined : places.get(first);
  const width = document.querySelector(".builder-canvas")?.clientWidth ?? 0;
  if (!box) return;
  void flow.setViewport({
    x: width / 2 - (box.x + box.width / 2) * readableZoom,
    y: topRoom + edgeRoom - box.y * readableZoom,
    zoom: readableZoom,
  });
}

/** Tells the actions what the drawing can do: fit, zoom, bring a step into view. */
export function useCanvasView(): void {
  const ui = useCanvasUiStore();
  const flow = useReactFlow<CardNode, LineEdge>();
  const internals = useStoreApi<CardNode, LineEdge>();
  useEffect(() => {
    const motion = () => ({ duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : glideMs });
    const boxOf = (id: string) => {
      const node = flow.getInternalNode(id);
      return node ? { ...node.internals.positionAbsolute, width: node.width ?? 240, height: node.height ?? 72 } : null;
    };
    const frame = () => internals.getState().domNode?.getBoundingClientRect() ?? null;
    ui.setState({
      view: {
        fit: () => void flow.fitView({ ...fitOptions, ...motion() }),
        zoom: (by) => void (by === "in" ? flow.zoomIn(motion()) : flow.zoomOut(motion())),
        show(id, center = false) {
          const box = boxOf(id);
          const shown = frame();
          if (!box || !shown) return;
          const from = flow.flowToScreenPosition({ x: box.x, y: box.y });
          const to = flow.flowToScreenPosition({ x: box.x + box.width, y: box.y + box.height });
          const visible =
            from.x > shown.left + edgeRoom &&
            from.y > shown.top + topRoom &&
            to.x < shown.right - edgeRoom &&
            to.y < shown.bottom - edgeRoom;
          if (visible && !center) return;
          const zoom = Math.max(0.6, flow.getZoom());
          void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom, ...motion() });
        },
        screenOf(id) {
          const box = boxOf(id);
          return box ? flow.flowToScreenPosition({ x: box.x + box.width / 2, y: box.y + box.height + 12 }) : null;
        },
        middle() {
          const shown = frame();
          return shown
            ? flow.screenToFlowPosition({ x: shown.left + shown.width / 2, y: shown.top + shown.height / 2 })
            : { x: 0, y: 0 };
        },
        focus: () => internals.getState().domNode?.focus({ preventScroll: true }),
      },
    });
    return () => ui.setState({ view: null, boxes: null });
  }, [ui, flow, internals]);
}
