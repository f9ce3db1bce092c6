import { describe, expect, it } from "vitest";
import type { WorkflowGraph } from "@/core/workflow/graph";
import { labelPoint, roundedPath } from "./edge-path";
import { cardSize } from "./box";
import { chosenLayout, elkGraph, layoutGraph, readLayout } from "./graph-layout";

function node(
  id: string,
  parentId: string | null = null,
  position: { x: number; y: number } | null = null,
): WorkflowGraph["nodes"][number] {
  return { id, type: "tool_call", title: id, summary: "", icon: "plug", color: "action", parentId, position };
}

describe("the layout of a graph", () => {
  it("puts bodies into their containers", () => {
    const graph = {
      nodes: [node("begin"), node("loop"), node("inner", "loop")],
      edges: [{ id: "e1", from: "begin", to: "loop", label: null }],
    };
    const laidOut = elkGraph(graph);
    expect(laidOut.children?.map((child) => child.id)).toEqual(["begin", "loop"]);
    expect(laidOut.children?.[1]?.children).toEqual([{ id: "inner", ...cardSize }]);
  });

  it("leaves out an edge to a step that is not there", () => {
    const graph = { nodes: [node("a")], edges: [{ id: "e1", from: "a", to: "gone", label: null }] };
    expect(elkGraph(graph).edges).toEqual([]);
  });

  it("keeps the places that people chose, and leads the edges from card to card", async () => {
    const graph = {
      nodes: [node("a", null, { x: 1, y: 2 }), node("b", null, { x: 1, y: 202 })],
      edges: [{ id: "e", from: "a", to: "b", label: null }],
    };
    const { boxes, routes } = await layoutGraph(graph);
    expect(boxes.get("a")).toEqual({ x: 1, y: 2, ...cardSize });
    expect(routes.get("e")).toEqual([
      { x: 121, y: 74 },
      { x: 121, y: 202 },
    ]);
  });

  it("M-9 makes a loop as big as its body, places being relative to it", () => {
    const graph = {
      nodes: [node("loop", null, { x: 10, y: 20 }), node("inner", "loop", { x: 40, y: 70 })],
      edges: [],
    };
    const { boxes } = chosenLayout(graph);
    expect(boxes.get("inner")).toEqual({ x: 40, y: 70, ...cardSize });
    expect(boxes.get("loop")).toEqual({ x: 10, y: 20, width: 40 + 240 + 24, height: 168 });
  });
});

describe("the engine's answer", () => {
  it("gives boxes relative to their container and routes with every bend", () => {
    const { boxes, routes } = readLayout({
      id: "root",
      children: [
        {
          id: "loop",
          x: 10,
          y: 20,
          width: 300,
          height: 200,
          children: [{ id: "inner", x: 24, y: 64, width: 240, height: 72 }],
        },
      ],
      edges: [
        {
          id: "e",
          sources: ["a"],
          targets: ["b"],
          sections: [{ id: "s", startPoint: { x: 0, y: 0 }, bendPoints: [{ x: 0, y: 10 }], endPoint: { x: 5, y: 10 } }],
        },
      ],
    });
    expect(boxes.get("inner")).toEqual({ x: 24, y: 64, width: 240, height: 72 });
    expect(routes.get("e")).toEqual([
      { x: 0, y: 0 },
      { x: 0, y: 10 },
      { x: 5, y: 10 },
    ]);
  });
});

describe("edges", () => {
  const bent = [
    { x: 0, y: 0 },
    { x: 0, y: 100 },
    { x: 40, y: 100 },
  ];

  it("round their corners", () => {
    expect(roundedPath(bent)).toBe("M 0 0 L 0 92 Q 0 100 8 100 L 40 100");
  });

  it("carry their label on the longest stretch", () => {
    expect(labelPoint(bent)).toEqual({ x: 0, y: 50 });
  });
});
