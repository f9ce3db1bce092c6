import { cardSize, type Box, type Point } from "./box";

/** What placing needs to know of a card. */
export interface PlacedCard {
  id: string;
  parentId: string | null;
  /** Chosen by a person, relative to the container; null: nobody chose. */
  position: Point | null;
  /** Where it differs from an ordinary card. */
  width?: number;
  /** Shows its body, even an empty one. */
  container?: boolean;
}

export interface PlacedLine {
  from: string;
  to: string;
}

/** Room around the body of a container; the title stands at the top. */
export const containerPadding = { top: 64, side: 24, bottom: 24 };
/** Between a card and the one that follows it. */
export const rowGap = 56;
const columnGap = 40;
const emptyContainer = { width: 288, height: 168 };

/** True where the engine lays the whole graph out: most cards have no chosen place. */
export function wantsLayout(cards: readonly PlacedCard[]): boolean {
  const chosen = cards.filter((card) => card.position !== null).length;
  return cards.length > 0 && chosen * 2 <= cards.length;
}

/** Boxes from the chosen places; a card without one goes below the one before it. Containers are as big as their bodies. */
export function placeChosen(cards: readonly PlacedCard[], lines: readonly PlacedLine[]): Map<string, Box> {
  const boxes = new Map<string, Box>();
  const children = new Map<string | null, PlacedCard[]>();
  for (const card of cards) {
    const siblings = children.get(card.parentId);
    if (siblings) siblings.push(card);
    else children.set(card.parentId, [card]);
  }
  const before = new Map<string, string[]>();
  for (const { from, to } of lines) {
    const known = before.get(to);
    if (known) known.push(from);
    else before.set(to, [from]);
  }
  const sizeOf = (card: PlacedCard): { width: number; height: number } => {
    const body = children.get(card.id) ?? [];
    if (body.length === 0 && card.container !== true) return { width: card.width ?? cardSize.width, height: 72 };
    placeSiblings(body);
    return containerSize(body.flatMap(({ id }) => boxes.get(id) ?? []));
  };
  const placeSiblings = (siblings: readonly PlacedCard[]): void => {
    const waiting: { card: PlacedCard; size: { width: number; height: number } }[] = [];
    const placed: Box[] = [];
    const put = (card: PlacedCard, box: Box) => {
      boxes.set(card.id, box);
      placed.push(box);
    };
    for (const card of siblings) {
      const size = sizeOf(card);
      if (card.position) put(card, { ...within(card), ...size });
      else waiting.push({ card, size });
    }
    while (waiting.length > 0) {
      const next = Math.max(
        0,
        waiting.findIndex(({ card }) => (before.get(card.id) ?? []).some((id) => boxes.has(id))),
      );
      const [found] = waiting.splice(next, 1);
      if (!found) return;
      const { card, size } = found;
      const [above] = (before.get(card.id) ?? []).flatMap((id) => boxes.get(id) ?? []);
      put(card, freePlace(placed, { ...below(above, placed, card.parentId), ...size }));
    }
  };
  placeSiblings(children.get(null) ?? []);
  return boxes;
}

/** As big as what stands in it, with room for the title. */
export function containerSize(body: readonly Box[]): { width: number; height: number } {
  const right = Math.max(0, ...body.map((box) => box.x + box.width));
  const bottom = Math.max(0, ...body.map((box) => box.y + box.height));
  return {
    width: Math.max(emptyContainer.width, right + containerPadding.side),
    height: Math.max(emptyContainer.height, bottom + containerPadding.bottom),
  };
}

/** The wanted box, moved right until nothing stands in its way. */
export function freePlace(taken: readonly Box[], wanted: Box): Box {
  let box = wanted;
  for (let tries = 0; tries < 200; tries += 1) {
    const inTheWay = taken.filter((other) => overlaps(box, other));
    if (inTheWay.length === 0) return box;
    box = { ...box, x: Math.max(...inTheWay.map((other) => other.x + other.width)) + columnGap };
  }
  return box;
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Inside a container nothing stands above the title or left of the border. */
function within({ parentId, position }: PlacedCard): Point {
  const { x, y } = position ?? { x: 0, y: 0 };
  return parentId === null ? { x, y } : { x: Math.max(containerPadding.side, x), y: Math.max(containerPadding.top, y) };
}

function below(above: Box | undefined, placed: readonly Box[], parentId: string | null): Point {
  if (above) return { x: above.x, y: above.y + above.height + rowGap };
  const start = parentId === null ? { x: 0, y: 0 } : { x: containerPadding.side, y: containerPadding.top };
  if (placed.length === 0) return start;
  return {
    x: Math.min(...placed.map((box) => box.x)),
    y: Math.max(...placed.map((box) => box.y + box.height)) + rowGap,
  };
}
