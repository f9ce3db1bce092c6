"use client";
import { BaseEdge, getSmoothStepPath, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import type { Point } from "@/components/graph/box";
import { roundedPath } from "@/components/graph/edge-path";
import type { LineEdge } from "./canvas-elements";
import { useCanvasUi } from "./canvas-ui";

/** Follows its way around the cards; while an end is being dragged, leads straight on. */
export const CanvasLine = memo(function CanvasLine({ id, data, selected, ...ends }: EdgeProps<LineEdge>) {
  const under = useCanvasUi((state) => state.drop?.edge === id);
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = ends;
  const route = data?.route ?? [];
  const fits = near(route[0], sourceX, sourceY) && near(route.at(-1), targetX, targetY);
  const path = fits
    ? roundedPath(route)
    : getSmoothStepPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, borderRadius: 8 })[0];
  return (
    <BaseEdge
      id={id}
      path={path}
      interactionWidth={24}
      markerEnd="url(#line-end)"
      className={under ? "line-under" : selected === true ? "line-selected" : undefined}
    />
  );
});

function near(point: Point | undefined, x: number, y: number): boolean {
  return point !== undefined && Math.abs(point.x - x) < 1.5 && Math.abs(point.y - y) < 1.5;
}
