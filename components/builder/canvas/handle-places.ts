import type { Box, Point } from "@/components/graph/box";
import type { CanvasEdge } from "./canvas-graph";
import type { StepFacts } from "./step-facts";

/** The dot; its reach for the pointer is twice as wide. */
export const dotSize = 12;

/** Where the dot of a branch stands along the bottom of a card, px from its left. */
export function branchOffset(facts: StepFacts, handle: string, width: number): number {
  const place = Math.max(
    0,
    facts.branches.findIndex(({ id }) => id === handle),
  );
  return Math.round((width * (place + 0.5)) / Math.max(1, facts.branches.length));
}

/** The two ends of a connection, in the drawing's coordinates. */
export function lineEnds(edge: CanvasEdge, facts: StepFacts, source: Box, target: Box) {
  const sideways = edge.case === "error";
  const from: Point = sideways
    ? { x: source.x + source.width + dotSize / 2, y: source.y + errorOffset }
    : {
        x: source.x + branchOffset(facts, edge.case, source.width),
        y: source.y + source.height + dotSize / 2,
      };
  return { from, to: { x: target.x + target.width / 2, y: target.y - dotSize / 2 }, sideways };
}

/** The error dot stands at the right, in the middle of an ordinary card. */
export const errorOffset = 36;
