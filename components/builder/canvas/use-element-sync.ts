"use client";
import { useStoreApi } from "@xyflow/react";
import { useEffect, useState } from "react";
import type { CardNode, LineEdge } from "./canvas-elements";

const glideMs = 180;
/** More cards than this jump: gliding them would stutter. */
const mostGliding = 150;

/**
 * Hands the drawing what changed. The drawing keeps its own copy, so that dragging moves cards without React drawing anything
 * else. Cards that were moved by something other than the pointer glide to their new place.
 */
export function useElementSync(nodes: CardNode[], edges: LineEdge[]): () => void {
  const flow = useStoreApi<CardNode, LineEdge>();
  const [glide] = useState(() => createGlide((shown) => flow.getState().setNodes(shown)));
  useEffect(() => flow.getState().setEdges(edges), [edges, flow]);
  useEffect(() => {
    const shown = flow.getState().nodes;
    const dragged = new Map(shown.filter((node) => node.dragging === true).map((node) => [node.id, node]));
    const wanted =
      dragged.size === 0
        ? nodes
        : nodes.map((node) => {
            const held = dragged.get(node.id);
            return held ? { ...node, position: held.position, dragging: true } : node;
          });
    glide.to(shown, wanted);
    return () => glide.stop();
  }, [nodes, flow, glide]);
  // After a drag that changed nothing: back to where the document has the cards.
  return () => flow.getState().setNodes(nodes);
}

function createGlide(show: (nodes: CardNode[]) => void) {
  let frame = 0;
  const stop = () => cancelAnimationFrame(frame);
  return {
    stop,
    to(from: readonly CardNode[], wanted: CardNode[]): void {
      stop();
      const starts = new Map(from.map((node) => [node.id, node]));
      const moved = new Map(
        wanted.flatMap((node) => {
          const start = starts.get(node.id);
          const glides =
            start !== undefined &&
            start.parentId === node.parentId &&
            (start.position.x !== node.position.x || start.position.y !== node.position.y);
          return glides ? [[node.id, start.position] as const] : [];
        }),
      );
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (moved.size === 0 || moved.size > mostGliding || still) {
        show(wanted);
        return;
      }
      let began: number | null = null;
      const step = (now: number) => {
        began ??= now;
        const part = Math.min(1, (now - began) / glideMs);
        if (part === 1) {
          show(wanted);
          return;
        }
        const eased = 1 - (1 - part) ** 3;
        show(
          wanted.map((node) => {
            const start = moved.get(node.id);
            if (!start) return node;
            const { x, y } = node.position;
            return { ...node, position: { x: start.x + (x - start.x) * eased, y: start.y + (y - start.y) * eased } };
          }),
        );
        frame = requestAnimationFrame(step);
      };
      step(performance.now());
    },
  };
}
