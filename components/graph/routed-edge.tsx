import { BaseEdge, getSmoothStepPath, type Edge, type EdgeProps } from "@xyflow/react";
import { labelPoint, roundedPath } from "./edge-path";
import type { Point } from "./box";

export type RoutedEdgeType = Edge<{ route: readonly Point[] }, "routed">;

/** Follows the route the layout found around the cards; without one, leads straight on. */
export function RoutedEdge({
  data,
  label,
  sourceX,
  sourceY,
  targetX,
  targetY,
  sourcePosition,
  targetPosition,
  style,
}: EdgeProps<RoutedEdgeType>) {
  const route = data?.route ?? [];
  const shared = { style, label, labelBgPadding: [8, 3] as [number, number], labelBgBorderRadius: 4 };
  if (route.length < 2) {
    const [path, labelX, labelY] = getSmoothStepPath({
      sourceX,
      sourceY,
      targetX,
      targetY,
      sourcePosition,
      targetPosition,
    });
    return <BaseEdge {...shared} path={path} labelX={labelX} labelY={labelY} />;
  }
  const at = labelPoint(route);
  return <BaseEdge {...shared} path={roundedPath(route)} labelX={at.x} labelY={at.y} />;
}
