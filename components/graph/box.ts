export const cardSize = { width: 240, height: 72 };

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  width: number;
  height: number;
}

/** Boxes in the drawing's coordinates instead of their container's. */
export function absoluteBoxes(
  cards: Iterable<{ id: string; parentId: string | null }>,
  boxes: ReadonlyMap<string, Box>,
): Map<string, Box> {
  const parentOf = new Map<string, string | null>();
  for (const { id, parentId } of cards) parentOf.set(id, parentId);
  const found = new Map<string, Box>();
  const resolve = (id: string, depth: number): Box | null => {
    const known = found.get(id);
    if (known) return known;
    const own = boxes.get(id);
    if (!own) return null;
    const parentId = parentOf.get(id) ?? null;
    const parent = parentId === null || depth > parentOf.size ? null : resolve(parentId, depth + 1);
    const box = parent ? { ...own, x: own.x + parent.x, y: own.y + parent.y } : own;
    found.set(id, box);
    return box;
  };
  for (const id of parentOf.keys()) resolve(id, 0);
  return found;
}
