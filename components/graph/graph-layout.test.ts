import { describe, expect, it } from "vitest";
import type { WorkflowGraph } from "@/core/contracts/run";
import { cardSize, chosenBoxes, elkGraph } from "./graph-layout";

function node(id: string, parentId: string | null = null, position: { x: number; y: number } | null = null): WorkflowGraph["nodes"][number] {
  return { id, type: "tool_call", title: id, summary: "", icon: "plug", color: "action", parentId, position };
}

describe("the layout of a graph", () => {
  it("puts bodies into their containers", () => {
    const graph = { nodes: [node("begin"), node("loop"), node("inner", "loop")], edges: [{ id: "e1", from: "begin", to: "loop", label: null }] };
    const laidOut = elkGraph(graph);
    expect(laidOut.children?.map((child) => child.id)).toEqual(["begin", "loop"]);
    expect(laidOut.children?.[1]?.children).toEqual([{ id: "inner", ...cardSize }]);
  });

  it("leaves out an edge to a step that is not there", () => {
    const graph = { nodes: [node("a")], edges: [{ id: "e1", from: "a", to: "gone", label: null }] };
    expect(elkGraph(graph).edges).toEqual([]);
  });

  it("keeps chosen positions only when every card has one", () => {
    expect(chosenBoxes({ nodes: [node("a", null, { x: 1, y: 2 })], edges: [] })?.get("a")).toEqual({ x: 1, y: 2, ...cardSize });
    expect(chosenBoxes({ nodes: [node("a", null, { x: 1, y: 2 }), node("b")], edges: [] })).toBeNull();
  });
});
