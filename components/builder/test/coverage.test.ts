import { describe, expect, it } from "vitest";
import { importSpec } from "@/core/workflow/import";
import type { JsonObject } from "@/core/json";
import { stepDefinitions } from "@/steps/definitions";
import { branchCoverage, coverageWords } from "./coverage";

const spec = (document: JsonObject) => {
  const imported = importSpec(document, stepDefinitions);
  if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
  return imported.spec;
};
const step = (id: string) => ({ id, type: "transform", expression: {} });
const asking = spec({
  startNodeId: "check",
  nodes: [
    { id: "check", type: "condition", expression: "input.amount > 10" },
    { id: "ask", type: "approval", name: "Manager approval" },
    step("granted"),
    step("refused"),
    step("small"),
  ],
  edges: [
    { from: "check", to: "ask", case: "true" },
    { from: "check", to: "small", case: "false" },
    { from: "ask", to: "granted", case: "approved" },
    { from: "ask", to: "refused", case: "rejected" },
  ],
});

describe("M-24 which branches the tests of a draft have taken", () => {
  it("names those that none has, with the step's own words", () => {
    const coverage = branchCoverage(asking, stepDefinitions, [
      { nodeId: "check", handle: "true" },
      { nodeId: "ask", handle: "approved" },
    ]);
    expect(coverage.branches).toBe(4);
    expect(coverage.untested.map(({ step: name, handle }) => [name, handle])).toEqual([
      ["Condition", "false"],
      ["Manager approval", "rejected"],
    ]);
    expect(coverageWords(coverage)).toBe("2 of 4 branches were tested.");
  });

  it("a step with one way on is no branch, nor is one that is switched off", () => {
    const line = spec({ startNodeId: "a", nodes: [step("a"), step("b")], edges: [{ from: "a", to: "b" }] });
    expect(branchCoverage(line, stepDefinitions, []).branches).toBe(0);
    const off = {
      ...asking,
      nodes: asking.nodes.map((node) => (node.id === "ask" ? { ...node, disabled: true } : node)),
    };
    expect(branchCoverage(off, stepDefinitions, []).untested.map(({ nodeId }) => nodeId)).toEqual(["check", "check"]);
  });

  it("finds branches inside loops", () => {
    const looping = spec({
      startNodeId: "each",
      nodes: [
        {
          id: "each",
          type: "loop",
          items: "input.list",
          body: {
            startNodeId: "big",
            nodes: [{ id: "big", type: "condition", expression: "item > 1" }, step("yes"), step("no")],
            edges: [
              { from: "big", to: "yes", case: "true" },
              { from: "big", to: "no", case: "false" },
            ],
          },
        },
      ],
      edges: [],
    });
    expect(branchCoverage(looping, stepDefinitions, [{ nodeId: "big", handle: "true" }]).untested).toMatchObject([
      { nodeId: "big", handle: "false" },
    ]);
  });

  it("says so when nothing is left", () => {
    expect(coverageWords({ branches: 3, untested: [] })).toBe("All 3 branches were tested.");
    expect(coverageWords({ branches: 0, untested: [] })).toContain("no branches");
  });
});
