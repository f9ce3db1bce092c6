import { describe, expect, it } from "vitest";
import { importSpec } from "@/core/workflow/import";
import { canvasGraph, storedPosition } from "./canvas-graph";
import { addPlaceOf, placeAfterStep, placeInContainer, planAdd } from "./plan-add";
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
