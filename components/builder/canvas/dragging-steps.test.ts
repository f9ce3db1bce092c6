import { describe, expect, it } from "vitest";
import { canvasGraph, storedPosition } from "./canvas-graph";
import { drawnBoxes, routesOf } from "./line-routes";
import { cardDropTarget, containerAt, dropTarget } from "./drop-target";
import { placeInContainer, planAdd } from "./plan-add";
import { planDrop, planLayout, planNudge } from "./plan-move";
import { applied, at, documentOf, drawingOf, edge, edgeIds } from "./sample-documents.testkit";

describe("dragging", () => {
  function scene() {
    const document = documentOf(
      [
        at({ id: "a", type: "start" }, 0, 0),
        at({ id: "b", type: "output", output: {} }, 0, 400),
        at({ id: "free", type: "transform", expression: "${1}" }, 600, 0),
        at(
          {
            id: "each",
            type: "loop",
            items: "input.lines",
            body: { startNodeId: "in", nodes: [{ id: "in", type: "transform", expression: "${item}" }], edges: [] },
          },
          600,
          200,
        ),
      ],
      [edge("a", "b")],
    );
    const { graph, boxes } = drawingOf(document);
    const drawn = drawnBoxes(graph, boxes);
    return { document, graph, boxes, drawn, routes: routesOf(graph, boxes) };
  }

  it("M-3 onto a connection puts a step between", () => {
    const { document, graph, boxes, drawn, routes } = scene();
    const middle = { x: 120, y: 220 };
    const target = cardDropTarget({ ids: new Set(["free"]), pointer: middle, middle }, graph, drawn, routes);
    expect(target).toEqual({ edge: "a:out:b", container: null, from: null });
    const dragged = [{ id: "free", position: { x: 0, y: 184 }, absolute: { x: 0, y: 184 } }];
    const { operations } = planDrop(document, graph, boxes, drawn, dragged, target);
    expect(edgeIds(applied(document, operations))).toEqual(["a:out:free", "free:out:b"]);
  });

  it("leaves connected steps connected when they pass over a line", () => {
    const { graph, drawn, routes } = scene();
    const middle = { x: 120, y: 220 };
    const target = cardDropTarget({ ids: new Set(["b"]), pointer: middle, middle }, graph, drawn, routes);
    expect(target.edge).toBeNull();
  });

  it("M-9 into a loop and out of it again", () => {
    const { document, graph, boxes, drawn } = scene();
    const pointer = { x: 700, y: 300 };
    expect(containerAt(pointer, graph, drawn)).toBe("each");
    expect(containerAt(pointer, graph, drawn, new Set(["each"]))).toBeNull();
    const target = { edge: null, container: "each", from: null };
    const dragged = [{ id: "free", position: { x: 640, y: 300 }, absolute: { x: 640, y: 300 } }];
    const into = planDrop(document, graph, boxes, drawn, dragged, target);
    const inside = applied(document, into.operations);
    expect(canvasGraph(inside.spec).steps.get("free")?.container).toBe("each");
    expect(into.say).toBe("Transform moved into Loop");
    const again = drawingOf(inside);
    const out = planDrop(
      inside,
      again.graph,
      again.boxes,
      drawnBoxes(again.graph, again.boxes),
      [{ id: "free", position: { x: -500, y: 0 }, absolute: { x: 100, y: 200 } }],
      { edge: null, container: null, from: "each" },
    );
    expect(canvasGraph(applied(inside, out.operations).spec).steps.get("free")?.container).toBeNull();
  });

  it("M-9 moves down what a loop that grows would cover, also around loops", () => {
    const inner = {
      id: "inner",
      type: "loop",
      items: "item.parts",
      body: {
        startNodeId: "in",
        nodes: [at({ id: "in", type: "transform", expression: "${item}" }, 24, 64)],
        edges: [],
      },
    };
    const outer = {
      id: "outer",
      type: "loop",
      items: "input.lines",
      body: {
        startNodeId: "inner",
        nodes: [at(inner, 24, 64), at({ id: "last", type: "output", output: {} }, 24, 288)],
        edges: [],
      },
    };
    const document = documentOf(
      [at({ id: "a", type: "start" }, 0, 0), at(outer, 0, 128), at({ id: "b", type: "output", output: {} }, 0, 600)],
      [],
    );
    const { graph, boxes } = drawingOf(document);
    const { operations } = planAdd(document, graph, boxes, { type: "notify" }, placeInContainer(graph, "inner"));
    const after = drawingOf(applied(document, operations)).boxes;
    const grown = (after.get("inner")?.height ?? 0) - (boxes.get("inner")?.height ?? 0);
    expect(grown).toBeGreaterThan(0);
    expect(after.get("last")?.y).toBe(288 + grown);
    expect(after.get("b")?.y).toBe(600 + grown);
    expect(after.get("a")?.y).toBe(0);
  });

  it("is one move, whatever was dragged", () => {
    const { document, graph, boxes, drawn } = scene();
    const dragged = ["a", "b"].map((id) => ({ id, position: { x: 8, y: 8 }, absolute: { x: 8, y: 8 } }));
    const { operations } = planDrop(document, graph, boxes, drawn, dragged, {
      edge: null,
      container: null,
      from: null,
    });
    expect(operations.map(({ op }) => op)).toEqual(["move_nodes"]);
  });

  it("M-3 from the palette finds the connection or the loop below", () => {
    const { graph, drawn, routes } = scene();
    expect(dropTarget({ x: 121, y: 200 }, graph, drawn, routes).edge).toBe("a:out:b");
    expect(dropTarget({ x: 700, y: 300 }, graph, drawn, routes).container).toBe("each");
  });

  it("nudges by the dots of the ground, and tidies up in one move", () => {
    const { document, graph, boxes } = scene();
    const nudged = applied(document, planNudge(graph, boxes, new Set(["free"]), { x: 16, y: 0 }));
    const node = canvasGraph(nudged.spec).steps.get("free")?.node;
    expect(node && storedPosition(node)).toEqual({ x: 616, y: 0 });
    expect(planLayout(graph, boxes)).toHaveLength(1);
  });
});
