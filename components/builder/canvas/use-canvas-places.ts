"use client";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import type { Box } from "@/components/graph/box";
import { engineLayout } from "@/components/graph/graph-layout";
import { placeChosen, wantsLayout } from "@/components/graph/placement";
import { layoutInput, type CanvasGraph } from "./canvas-graph";

interface LaidOut {
  key: string;
  boxes: ReadonlyMap<string, Box>;
}

/**
 * Where the cards stand, relative to their containers: where people put them, or by the engine where nobody did. The engine's
 * layout is no edit; it is made again when the shape changes. Null until there is a first one.
 */
export function useCanvasPlaces(graph: CanvasGraph): ReadonlyMap<string, Box> | null {
  const input = useMemo(() => layoutInput(graph), [graph]);
  const [laidOut, setLaidOut] = useState<LaidOut | null>(null);
  const [keep] = useState(createKeeper);
  const key = useMemo(
    () =>
      wantsLayout(input.nodes)
        ? JSON.stringify([
            input.nodes.map(({ id, parentId, width }) => [id, parentId, width]),
            input.edges.map(({ from, to, label }) => [from, to, label]),
          ])
        : null,
    [input],
  );
  const layOut = useEffectEvent(() =>
    engineLayout(input).then(
      ({ boxes }) => boxes,
      // Without the engine the steps still stand one below the other.
      () => placeChosen(input.nodes, input.edges),
    ),
  );
  useEffect(() => {
    if (key === null) return;
    let current = true;
    void layOut().then((boxes) => current && setLaidOut({ key, boxes }));
    return () => {
      current = false;
    };
  }, [key]);
  return useMemo(() => {
    if (key === null) return keep(placeChosen(input.nodes, input.edges));
    if (!laidOut) return null;
    if (laidOut.key === key) return keep(laidOut.boxes);
    // Until the engine answers: everything stays, new steps stand below those they follow.
    const so = input.nodes.map((card) => ({ ...card, position: laidOut.boxes.get(card.id) ?? null }));
    return keep(placeChosen(so, input.edges));
  }, [input, key, laidOut, keep]);
}

/** Gives the boxes that were given before as long as none moved, so that nothing is drawn again for nothing. */
function createKeeper() {
  let before: ReadonlyMap<string, Box> = new Map();
  return (boxes: ReadonlyMap<string, Box>): ReadonlyMap<string, Box> => {
    const same = boxes.size === before.size && [...boxes].every(([id, box]) => sameBox(before.get(id), box));
    if (!same) before = boxes;
    return before;
  };
}

function sameBox(a: Box | undefined, b: Box): boolean {
  return a !== undefined && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
