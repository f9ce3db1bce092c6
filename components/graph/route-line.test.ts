import { describe, expect, it } from "vitest";
import { routeLine } from "./route-line";

const from = { x: 120, y: 80 };

describe("the way of a connection", () => {
  it("M-3 is straight where nothing is in the way", () => {
    expect(routeLine({ from, to: { x: 120, y: 200 } }, [])).toEqual([from, { x: 120, y: 200 }]);
  });

  it("M-8 goes around a card that stands between", () => {
    const between = { x: 0, y: 150, width: 240, height: 72 };
    const to = { x: 120, y: 300 };
    const points = routeLine({ from, to }, [between]);
    expect(points[0]).toEqual(from);
    expect(points.at(-1)).toEqual(to);
    expect(points.some(({ x }) => x < 0 || x > 240)).toBe(true);
  });

  it("leads back up beside the cards", () => {
    const points = routeLine({ from, to: { x: 120, y: -100 } }, [{ x: 0, y: 0, width: 240, height: 72 }]);
    expect(points).toHaveLength(6);
    expect(points[2]?.x).not.toBe(120);
  });

  it("leaves to the right first where the way out is at the side", () => {
    const points = routeLine({ from, to: { x: 400, y: 300 }, sideways: true }, []);
    expect(points[1]).toEqual({ x: 142, y: 80 });
  });
});
