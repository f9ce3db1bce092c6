import type { Point } from "./box";

const cornerRadius = 8;

/** An SVG path along the points, its corners rounded. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const parts = [`M ${first.x} ${first.y}`];
  rest.forEach((point, position) => {
    const before = points[position];
    const after = rest[position + 1];
    if (!before || !after) return parts.push(`L ${point.x} ${point.y}`);
    const radius = Math.min(cornerRadius, distance(before, point) / 2, distance(point, after) / 2);
    const from = towards(point, before, radius);
    const to = towards(point, after, radius);
    return parts.push(`L ${from.x} ${from.y} Q ${point.x} ${point.y} ${to.x} ${to.y}`);
  });
  return parts.join(" ");
}

/** Where a label stands: the middle of the longest stretch. */
export function labelPoint(points: readonly Point[]): Point {
  let best: { at: Point; length: number } = { at: points[0] ?? { x: 0, y: 0 }, length: -1 };
  points.forEach((point, position) => {
    const next = points[position + 1];
    if (!next) return;
    const length = distance(point, next);
    if (length > best.length) best = { at: { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 }, length };
  });
  return best.at;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to);
  if (whole === 0) return from;
  return { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole };
}
