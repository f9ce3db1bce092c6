import type { Box, Point } from "./box";

export interface LineEnds {
  from: Point;
  to: Point;
  /** It leaves to the right instead of downwards. */
  sideways?: boolean;
}

const stub = 22;
const clearance = 18;
const mostLanes = 60;

/**
 * The way of a connection around the cards, in right angles: straight down where that is free, otherwise through the nearest
 * lane beside what stands in the way.
 */
export function routeLine({ from, to, sideways = false }: LineEnds, obstacles: readonly Box[]): Point[] {
  const lead: Point[] = sideways ? [from, { x: from.x + stub, y: from.y }] : [from];
  const start = lead.at(-1) ?? from;
  const near = obstacles.filter((box) => between(box, start, to));
  for (const way of candidates(start, to, near)) {
    const points = tidy([...lead, ...way, to]);
    if (!crosses(points.slice(sideways ? 1 : 0), near)) return points;
  }
  return tidy([...lead, ...direct(start, to), to]);
}

/** Simple ways first; of the lanes the nearest. */
function* candidates(from: Point, to: Point, obstacles: readonly Box[]): Generator<Point[]> {
  const room = to.y - from.y;
  if (room >= 2 * 12) {
    for (const y of [from.y + room / 2, to.y - stub, from.y + stub])
      if (y > from.y && y < to.y)
        yield [
          { x: from.x, y },
          { x: to.x, y },
        ];
  }
  const lanes = obstacles.flatMap((box) => [box.x - clearance, box.x + box.width + clearance]);
  if (room < 2 * 12) lanes.push(Math.min(from.x, to.x) - 160, Math.max(from.x, to.x) + 160);
  const detour = (x: number) => Math.abs(x - from.x) + Math.abs(x - to.x);
  for (const x of lanes.sort((a, b) => detour(a) - detour(b)).slice(0, mostLanes))
    yield [
      { x: from.x, y: from.y + stub },
      { x, y: from.y + stub },
      { x, y: to.y - stub },
      { x: to.x, y: to.y - stub },
    ];
}

function direct(from: Point, to: Point): Point[] {
  const y = (from.y + to.y) / 2;
  return [
    { x: from.x, y },
    { x: to.x, y },
  ];
}

/** Cards that a way between the two points could meet. */
function between(box: Box, from: Point, to: Point): boolean {
  const top = Math.min(from.y, to.y) - stub;
  const bottom = Math.max(from.y, to.y) + stub;
  return box.y < bottom && box.y + box.height > top;
}

function crosses(points: readonly Point[], obstacles: readonly Box[]): boolean {
  return points.some((point, position) => {
    const next = points[position + 1];
    if (!next) return false;
    const left = Math.min(point.x, next.x);
    const right = Math.max(point.x, next.x);
    const top = Math.min(point.y, next.y);
    const bottom = Math.max(point.y, next.y);
    return obstacles.some(
      (box) => left < box.x + box.width + 4 && right > box.x - 4 && top < box.y + box.height && bottom > box.y,
    );
  });
}

/** Without points that change nothing. */
function tidy(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last && last.x === point.x && last.y === point.y) continue;
    const before = kept.at(-2);
    if (last && before && ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y)))
      kept.pop();
    kept.push(point);
  }
  return kept;
}
