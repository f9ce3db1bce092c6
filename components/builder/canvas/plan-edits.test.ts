import { describe, expect, it } from "vitest";
import { importSpec } from "@/core/spec/import";
import { canvasGraph, storedPosition } from "./canvas-graph";
import { drawnBoxes, routesOf } from "./line-routes";
import { cardDropTarget, containerAt, dropTarget } from "./drop-target";
import { addPlaceOf, placeAfterStep, placeInContainer, planAdd } from "./plan-add";
import { planDrop, planLayout, planNudge } from "./plan-move";
import { planCopy, planDelete, planDuplicate, planPaste } from "./plan-selection";
import { applied, at, diamond, documentOf, drawingOf, edge, edgeIds, looping } from "./sample-documents.testkit";
import { definitions } from "./step-facts";

const none: ReadonlySet<string> = new Set();

/** Two cards that people placed, close together. */
function placed() {
  return documentOf(
    [
      at({ id: "a", type: "start" }, 0, 0),
      at({ id: "b", type: "transform", name: "B", expression: "${1}" }, 0, 128),
      at({ id: "c", type: "output", output: {} }, 0, 256),
    ],
    [edge("a", "b"), edge("b", "c")],
  );
}

describe("Add Step", () => {
  it("M-3 adds after the last step when nothing is selected", () => {
    const document = diamond();
    const { graph, boxes } = drawingOf(document);
    const place = addPlaceOf(graph, none, none);
    expect(place).toEqual({ kind: "after", from: "result", case: "out" });
    const { operations, id } = planAdd(document, graph, boxes, { type: "notify" }, place);
    expect(edgeIds(applied(document, operations))).toContain(`result:out:${id}`);
  });

  it("M-3 adds between the selected step and what follows it", () => {
    const document = diamond();
    const { graph, boxes } = drawingOf(document);
    const { operations, id, say } = planAdd(
      document,
      graph,
      boxes,
      { type: "transform" },
      addPlaceOf(graph, new Set(["begin"]), none),
    );
    const edges = edgeIds(applied(document, operations));
    expect(edges).toEqual(expect.arrayContaining([`begin:out:${id}`, `${id}:out:check`]));
    expect(edges).not.toContain("begin:out:check");
    expect(say).toBe("Transform added between Start and Is it large");
  });

  it("M-8 takes the first branch that leads nowhere", () => {
    const graph = canvasGraph(diamond().spec);
    expect(placeAfterStep(graph, "ask")).toEqual({ kind: "after", from: "ask", case: "rejected" });
  });

  it("M-6 fills in the action that was chosen", () => {
    const document = diamond();
    const { graph, boxes } = drawingOf(document);
    const preset = { tool: "stripe.subscription.update", name: "Change the plan" };
    const { operations, id } = planAdd(
      document,
      graph,
      boxes,
      { type: "tool_call", preset },
      placeAfterStep(graph, "result"),
    );
    const node = canvasGraph(applied(document, operations).spec).steps.get(id)?.node;
    expect(node).toMatchObject({ id: "change_the_plan", type: "tool_call", tool: "stripe.subscription.update" });
  });

  it("M-5 begins an empty workflow with the step that is added", () => {
    const document = documentOf([], [], "");
    const { graph, boxes } = drawingOf(document);
    const { operations, id } = planAdd(document, graph, boxes, { type: "start" }, addPlaceOf(graph, none, none));
    expect(applied(document, operations).spec.startNodeId).toBe(id);
  });

  it("M-9 adds inside a loop, and adds a loop that can be run", () => {
    const document = looping();
    const { graph, boxes } = drawingOf(document);
    const inside = planAdd(document, graph, boxes, { type: "notify" }, placeInContainer(graph, "each"));
    expect(canvasGraph(applied(document, inside.operations).spec).steps.get(inside.id)?.container).toBe("each");
    const loop = planAdd(document, graph, boxes, { type: "loop" }, placeAfterStep(graph, "after"));
    const after = applied(document, loop.operations);
    expect(canvasGraph(after.spec).scopes.get(loop.id)?.ids).not.toHaveLength(0);
    expect(importSpec(after.spec, definitions).ok).toBe(true);
  });

  it("M-10 puts an end, which nothing can follow, beside instead of between", () => {
    const document = diamond();
    const { graph, boxes } = drawingOf(document);
    const first = graph.edges.get("begin:out:check");
    if (!first) throw new Error("no edge");
    const { operations } = planAdd(document, graph, boxes, { type: "end" }, { kind: "on", edge: first });
    expect(edgeIds(applied(document, operations))).toEqual(edgeIds(document));
  });

  it("makes room where people chose the places, and leaves the rest to the layout where nobody did", () => {
    const document = placed();
    const { graph, boxes } = drawingOf(document);
    const first = graph.edges.get("a:out:b");
    if (!first) throw new Error("no edge");
    const { operations, id } = planAdd(document, graph, boxes, { type: "transform" }, { kind: "on", edge: first });
    const after = canvasGraph(applied(document, operations).spec);
    const y = (step: string) => {
      const node = after.steps.get(step)?.node;
      return node ? (storedPosition(node)?.y ?? null) : null;
    };
    expect([y("a"), y(id), y("b"), y("c")]).toEqual([0, 128, 256, 384]);
    const loose = drawingOf(diamond());
    const unplaced = planAdd(
      diamond(),
      loose.graph,
      loose.boxes,
      { type: "notify" },
      placeAfterStep(loose.graph, "result"),
    );
    expect(unplaced.operations.some(({ op }) => op === "move_nodes")).toBe(false);
    const node = canvasGraph(applied(diamond(), unplaced.operations).spec).steps.get(unplaced.id)?.node;
    expect(node && storedPosition(node)).toBeNull();
  });

  it("adds at the pointer, and keeps everything else where it is drawn", () => {
    const document = diamond();
    const { graph, boxes } = drawingOf(document);
    const { operations, id } = planAdd(
      document,
      graph,
      boxes,
      { type: "notify" },
      { kind: "after", from: "ask", case: "rejected" },
      { x: 900, y: 300 },
    );
    const after = canvasGraph(applied(document, operations).spec);
    expect([...after.steps.values()].every(({ node }) => storedPosition(node) !== null)).toBe(true);
    const node = after.steps.get(id)?.node;
    expect(node && storedPosition(node)).toEqual({ x: 900, y: 300 });
  });
});

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

describe("the selection", () => {
  const input = (document: ReturnType<typeof diamond>, ids: string[], edges: string[] = []) => {
    const { graph, boxes } = drawingOf(document);
    return { document, graph, boxes, ids, edges: edges.flatMap((id) => graph.edges.get(id) ?? []) };
  };

  it("is deleted, and what led to it leads to what followed", () => {
    const document = looping();
    const { operations, say, select } = planDelete(input(document, ["each", "shape"]));
    expect(edgeIds(applied(document, operations))).toEqual(["begin:out:after"]);
    expect(say).toBe("For each line deleted");
    expect(select).toEqual([]);
  });

  it("deletes connections alone", () => {
    const document = diamond();
    const { operations, say } = planDelete(input(document, [], ["check:false:note"]));
    expect(edgeIds(applied(document, operations))).not.toContain("check:false:note");
    expect(say).toBe("1 connection deleted");
  });

  it("is duplicated and selected", () => {
    const document = diamond();
    const { operations, select } = planDuplicate(input(document, ["ask", "note"]));
    const steps = canvasGraph(applied(document, operations).spec).steps;
    expect(select).toHaveLength(2);
    expect(select?.every((id) => steps.has(id))).toBe(true);
  });

  it("is copied into another workflow under new ids", () => {
    const { fragment, say } = planCopy(input(diamond(), ["check", "ask"]));
    expect(say).toBe("2 steps copied");
    if (!fragment) throw new Error("nothing copied");
    const other = looping();
    const { operations, select } = planPaste(input(other, []), fragment, null);
    const steps = canvasGraph(applied(other, operations).spec).steps;
    expect(select?.map((id) => steps.get(id)?.facts.title)).toEqual(["Is it large", "Manager approval"]);
    expect(planCopy(input(other, [])).fragment).toBeNull();
  });
});
