import { describe, expect, it } from "vitest";
import { branchWord, canvasGraph, containersOf } from "./canvas-graph";
import { canReach, legalTargets, whyNotConnect } from "./connect-rules";
import { diamond, documentOf, drawingOf, edge, looping } from "./sample-documents.testkit";
import { createElementMaker, type CardMarks } from "./canvas-elements";
import { stepFacts } from "./step-facts";
import { entrance, lastLeaf, neighbour, orderOf } from "./walk";

const marks: CardMarks = {
  selected: new Set(),
  selectedEdges: new Set(),
  issues: new Map(),
  states: new Map(),
  people: new Map(),
  pins: new Set(),
  readOnly: false,
};

describe("the graph of a document", () => {
  it("M-9 takes bodies apart and knows which loop a step stands in", () => {
    const graph = canvasGraph(looping().spec);
    expect([...graph.steps.keys()]).toEqual(["begin", "each", "after", "shape", "give"]);
    expect(containersOf(graph, "give")).toEqual(["each"]);
    expect(graph.edges.get("shape:out:give")?.container).toBe("each");
    // The only way into the body needs no word.
    expect(graph.steps.get("shape")?.first).toBe(false);
    expect(graph.steps.get("begin")?.first).toBe(true);
  });

  it("M-8 names the branches of a condition, and no branch of a step with one way out", () => {
    const graph = canvasGraph(diamond().spec);
    const facts = graph.steps.get("check")?.facts;
    expect(facts?.branches.map(({ id }) => id)).toEqual(["true", "false"]);
    expect(graph.edges.get("check:true:ask")?.label).toBe(facts?.branches[0]?.label);
    expect(graph.edges.get("begin:out:check")?.label).toBeNull();
    expect(facts && branchWord(facts, "error")).toBe("If it fails");
  });

  it.each([
    ["M-5", "start", "start"],
    ["M-6", "tool_call", "action"],
    ["M-7", "llm", "llm"],
    ["M-8", "condition", "condition"],
    ["M-9", "loop", "loop"],
    ["M-10", "output", "output"],
  ])("%s gives a %s step its own colour", (_line, type, color) => {
    expect(stepFacts({ id: "x", type }).color).toBe(color);
  });

  it("draws a step whose settings are not complete yet, with its ways out", () => {
    expect(stepFacts({ id: "x", type: "decision", cases: ["a", "b"] }).branches.map(({ id }) => id)).toEqual([
      "a",
      "b",
      "default",
    ]);
  });
});

describe("drawing elements", () => {
  it("are the same objects again for everything that did not change", () => {
    const maker = createElementMaker();
    const before = diamond();
    const first = drawingOf(before);
    const nodes = maker.nodes(first.graph, first.boxes, marks);
    const edges = maker.edges(first.graph, first.boxes, marks);
    const changed = {
      ...before.spec,
      nodes: before.spec.nodes.map((node) => (node.id === "note" ? { ...node, name: "Renamed" } : node)),
    };
    const graph = canvasGraph(changed);
    const again = maker.nodes(graph, first.boxes, marks);
    expect(again.filter((node, index) => node !== nodes[index]).map(({ id }) => id)).toEqual(["note"]);
    const lines = maker.edges(graph, first.boxes, marks);
    // The line into the renamed step says its name when it is read out, and so does the one that leaves it.
    expect(lines.filter((line, index) => line !== edges[index]).map(({ id }) => id)).toEqual([
      "check:false:note",
      "note:out:result",
    ]);
  });

  it("M-9 come with a loop before what stands in it", () => {
    const { graph, boxes } = drawingOf(looping());
    const ids = createElementMaker()
      .nodes(graph, boxes, marks)
      .map(({ id }) => id);
    expect(ids.indexOf("each")).toBeLessThan(ids.indexOf("shape"));
  });
});

describe("connections that may be drawn", () => {
  const graph = canvasGraph(diamond().spec);
  const loop = canvasGraph(looping().spec);

  it.each([
    ["itself", graph, "ask", "approved", "ask", "cannot follow itself"],
    ["a circle", graph, "result", "out", "check", "in circles"],
    ["the same twice", graph, "check", "true", "ask", "connected already"],
    ["into the start", graph, "result", "out", "begin", "nothing can lead to it"],
    ["across the border of a loop", loop, "begin", "out", "shape", "border of a loop"],
    ["to a step that is gone", graph, "ask", "approved", "gone", "not there any more"],
  ])("M-3 are refused with a reason: %s", (_what, drawn, from, handle, to, reason) => {
    expect(whyNotConnect(drawn, from, handle, to)).toContain(reason);
  });

  it("M-3 may lead to any later or unconnected step", () => {
    expect(legalTargets(graph, "ask", "rejected").map(({ id }) => id)).toEqual(["note", "result"]);
    expect(canReach(graph, "begin", "result")).toBe(true);
    expect(canReach(graph, "note", "ask")).toBe(false);
  });
});

describe("walking by arrow keys", () => {
  const graph = canvasGraph(diamond().spec);
  const loop = canvasGraph(looping().spec);

  it("M-3 goes down and up along the connections", () => {
    expect(neighbour(graph, null, "down")).toBe("begin");
    expect(neighbour(graph, "begin", "down")).toBe("check");
    expect(neighbour(graph, "check", "up")).toBe("begin");
    expect(neighbour(graph, "result", "down")).toBeNull();
  });

  it("M-8 goes from branch to branch", () => {
    expect(neighbour(graph, "ask", "right")).toBe("note");
    expect(neighbour(graph, "note", "left")).toBe("ask");
    expect(neighbour(graph, "note", "right")).toBeNull();
  });

  it("M-9 enters a loop and leaves it", () => {
    expect(neighbour(loop, "each", "right")).toBe("shape");
    expect(neighbour(loop, "shape", "up")).toBe("each");
    expect(neighbour(loop, "each", "down")).toBe("after");
  });

  it("reaches steps that nothing leads to", () => {
    const spec = documentOf(
      [
        { id: "a", type: "start" },
        { id: "b", type: "transform" },
        { id: "c", type: "transform" },
      ],
      [],
    ).spec;
    expect(neighbour(canvasGraph(spec), "a", "right")).toBe("b");
    expect(neighbour(canvasGraph(spec), "c", "left")).toBe("b");
  });

  it("orders steps as a run meets them", () => {
    expect(orderOf(graph, null)).toEqual(["begin", "check", "ask", "note", "result"]);
    expect(entrance(loop, "each")).toBe("shape");
    expect(lastLeaf(graph)).toBe("result");
    const cut = documentOf(diamond().spec.nodes, [edge("begin", "check"), edge("check", "ask", "true")]);
    expect(lastLeaf(canvasGraph(cut.spec))).toBe("result");
  });
});
