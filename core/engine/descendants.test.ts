import { describe, expect, it } from "vitest";
import { descendants } from "./descendants";
import { draw, planOf } from "./plans.testkit";

const plan = planOf(["a -> b", "a -> side", "b -> each", "each -> z"], {
  each: { type: "container", body: draw(["x -> y", "x -> w", "y -> v"]) },
});
const sorted = (nodeId: string): string[] => [...descendants(plan, nodeId)].sort();

describe("descendants", () => {
  it("follows edges and goes into containers", () => {
    expect(sorted("b")).toEqual(["each", "v", "w", "x", "y", "z"]);
    expect(sorted("z")).toEqual([]);
    expect(sorted("each")).toEqual(["v", "w", "x", "y", "z"]);
  });

  it("takes along the container around a node and what follows it, but not the steps beside the node", () => {
    expect(sorted("y")).toEqual(["each", "v", "z"]);
  });

  it("knows nothing about a node that does not exist", () => {
    expect(sorted("nobody")).toEqual([]);
  });
});
