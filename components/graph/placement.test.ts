import { describe, expect, it } from "vitest";
import type { Box } from "./box";
import { freePlace, overlaps, placeChosen, wantsLayout, type PlacedCard } from "./placement";

const card = (id: string, position: PlacedCard["position"] = null, parentId: string | null = null): PlacedCard => ({
  id,
  parentId,
  position,
});

describe("placing cards", () => {
  it("leaves a graph to the engine as long as most cards have no place", () => {
    expect(wantsLayout([card("a"), card("b", { x: 0, y: 0 })])).toBe(true);
    expect(wantsLayout([card("a"), card("b", { x: 0, y: 0 }), card("c", { x: 0, y: 200 })])).toBe(false);
    expect(wantsLayout([])).toBe(false);
  });

  it("M-3 puts a card without a place below the one it follows, where nothing else stands", () => {
    const boxes = placeChosen(
      [card("a", { x: 0, y: 0 }), card("b", { x: 0, y: 128 }), card("c"), card("d")],
      [
        { from: "a", to: "c" },
        { from: "c", to: "d" },
      ],
    );
    expect(boxes.get("c")).toMatchObject({ x: 280, y: 128 });
    expect(boxes.get("d")).toMatchObject({ x: 280, y: 256 });
    const all = [...boxes.values()];
    expect(all.some((box, index) => all.slice(index + 1).some((other) => overlaps(box, other)))).toBe(false);
  });

  it("M-9 keeps a body below the title of its loop, and shows an empty loop as a box", () => {
    const boxes = placeChosen(
      [{ ...card("loop", { x: 0, y: 0 }), container: true }, card("inner", { x: -50, y: -50 }, "loop")],
      [],
    );
    expect(boxes.get("inner")).toMatchObject({ x: 24, y: 64 });
    expect(placeChosen([{ ...card("empty", { x: 0, y: 0 }), container: true }], []).get("empty")).toMatchObject({
      width: 288,
      height: 168,
    });
  });

  it("finds the next free place to the right", () => {
    const taken: Box[] = [{ x: 0, y: 0, width: 240, height: 72 }];
    expect(freePlace(taken, { x: 10, y: 10, width: 240, height: 72 })).toMatchObject({ x: 280, y: 10 });
  });
});
