import { describe, expect, it } from "vitest";
import type { Spec } from "@/core/workflow/document";
import { locateNode } from "@/components/builder/state/locate-node";
import { connectTargets } from "./connect-targets";

const spec: Spec = {
  specVersion: "1",
  startNodeId: "a",
  nodes: [
    { id: "a", type: "parallel" },
    {
      id: "each",
      type: "loop",
      items: "input.list",
      body: { startNodeId: "inner", nodes: [{ id: "inner", type: "transform", expression: "1" }], edges: [] },
    },
    { id: "b", type: "end" },
    { id: "c", type: "end" },
  ],
  edges: [
    { from: "a", to: "each", case: "out" },
    { from: "each", to: "b", case: "out" },
  ],
};

describe("connecting without drawing", () => {
  it("K-16 offers as next steps only what makes no circle", () => {
    const targets = (id: string) => {
      const located = locateNode(spec, id);
      return located && connectTargets(located).map((node) => node.id);
    };
    expect(targets("b")).toEqual(["c"]);
    expect(targets("a")).toEqual(["each", "b", "c"]);
    expect(targets("inner")).toEqual([]);
  });
});
