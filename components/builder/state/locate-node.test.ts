import { describe, expect, it } from "vitest";
import type { Spec } from "@/core/workflow/document";
import { allScopes, locateNode } from "./locate-node";

const spec: Spec = {
  specVersion: "1",
  startNodeId: "a",
  nodes: [
    { id: "a", type: "parallel" },
    {
      id: "each",
      type: "loop",
      items: "input.list",
      body: {
        startNodeId: "inner",
        nodes: [
          {
            id: "inner",
            type: "loop",
            items: "item.list",
            body: { startNodeId: "deep", nodes: [{ id: "deep", type: "transform", expression: "1" }], edges: [] },
          },
        ],
        edges: [],
      },
    },
    { id: "b", type: "end" },
    { id: "c", type: "end" },
  ],
  edges: [
    { from: "a", to: "each", case: "out" },
    { from: "each", to: "b", case: "out" },
  ],
};

describe("finding a step", () => {
  it("M-9 works inside bodies of bodies, and tells the loops around it, innermost first", () => {
    const found = locateNode(spec, "deep");
    expect(found?.path).toBe("nodes[1].body.nodes[0].body.nodes[0]");
    expect(found?.containers.map(({ id }) => id)).toEqual(["inner", "each"]);
    expect(locateNode(spec, "nowhere")).toBeNull();
    expect(allScopes(spec).map(({ nodes }) => nodes.length)).toEqual([4, 1, 1]);
  });
});
