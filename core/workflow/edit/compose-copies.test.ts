import { describe, expect, it } from "vitest";
import { renameStepsInExpression, renameStepsInTemplates } from "@/core/expression/rename-steps";
import { stepDefinitions } from "@/steps/definitions";
import { copyFragment, duplicate, pasteFragment } from "./compose";
import type { Fragment } from "./operation";
import { allNodes, exampleDocuments } from "./operations.testkit";
import { done, edges, empty, sample } from "./compose.testkit";

describe("copying", () => {
  it("steps pasted beside themselves get new ids, and speak of each other", () => {
    const { operations, ids } = duplicate(sample(), ["a", "each", "row"], stepDefinitions);
    expect(ids).toEqual(["a_2", "each_2"]);
    const after = done(sample(), operations);
    const [copy, loop] = after.spec.nodes.slice(-2);
    expect(copy).toMatchObject({ id: "a_2", name: "Verify copy", ui: { position: { x: 32, y: 42 } } });
    expect(loop).toMatchObject({
      items: "step.a_2.output.list.filter(x, x != step.a_2.output.skip)",
      body: {
        startNodeId: "row_2",
        nodes: [
          { id: "row_2", expression: { left: "${step.a_2.output.left - item}" } },
          { id: "give_2", output: "${step.row_2.output.left}" },
        ],
        edges: [{ from: "row_2", to: "give_2", case: "out" }],
      },
    });
    expect(after.spec.nodes.slice(0, 3)).toEqual(sample().spec.nodes);
  });

  it("M-3 a copy is never called what one of its answers is called", () => {
    const node = { id: "a__3", type: "decision", expression: "input.kind", cases: ["a", "b"], defaultCase: "a" };
    const document = { ...empty, spec: { ...empty.spec, startNodeId: "a__3", nodes: [node] } };
    const copied = duplicate(document, ["a__3"], stepDefinitions);
    const after = done(document, copied.operations);
    expect(allNodes(after.spec).map(({ id, defaultCase }) => [id, defaultCase])).toEqual([
      ["a__3", "a"],
      ["a_2", "a"],
    ]);
  });

  it("a fragment goes through the clipboard into another workflow, which begins with it when it was empty", () => {
    const copied = JSON.parse(JSON.stringify(copyFragment(sample(), ["a", "route"], stepDefinitions))) as Fragment;
    const { operations, ids } = pasteFragment(
      empty,
      copied,
      { container: null, offset: { x: 5, y: 5 } },
      stepDefinitions,
    );
    const after = done(empty, operations);
    expect(ids).toEqual(["a", "route"]);
    expect(after.spec.startNodeId).toBe("a");
    expect(edges(after)).toEqual(["a:out:route"]);
    expect(after.spec.nodes[0]?.ui).toEqual({ position: { x: 5, y: 15 } });
  });

  it.each(Object.entries(exampleDocuments))(
    "the whole of %s can be pasted into itself and into a loop",
    (_name, document) => {
      const ids = document.spec.nodes.map(({ id }) => id);
      const fragment = copyFragment(document, ids, stepDefinitions);
      const beside = pasteFragment(document, fragment, { container: null, offset: { x: 0, y: 0 } }, stepDefinitions);
      const after = done(document, beside.operations);
      expect(after.spec.edges.length).toBeGreaterThan(document.spec.edges.length);
      const target = sample();
      const inside = pasteFragment(target, fragment, { container: "each", offset: { x: 0, y: 0 } }, stepDefinitions);
      const nested = done(target, inside.operations);
      expect(allNodes(nested.spec).length).toBeGreaterThan(allNodes(target.spec).length);
    },
  );
});

describe("renaming a step where it is read", () => {
  const names = new Map([["kyc", "kyc_2"]]);
  it.each([
    ["step.kyc.output.kyc == kyc", "step.kyc_2.output.kyc == kyc"],
    ["step.?kyc.output.orValue(step['kyc'])", 'step.?kyc_2.output.orValue(step["kyc_2"])'],
    ["step . kyc.status", "step . kyc_2.status"],
    ["input.step.kyc + vars.kyc", "input.step.kyc + vars.kyc"],
    ["input.list.map(kyc, kyc.id + step.kyc.output)", "input.list.map(kyc, kyc.id + step.kyc_2.output)"],
    ["'step.kyc' + step.kyc.output", "'step.kyc' + step.kyc_2.output"],
    ["default(step.kyc.output.x, has(step.kyc.output.y))", "default(step.kyc_2.output.x, has(step.kyc_2.output.y))"],
    ["step.kycs.output", "step.kycs.output"],
    ["step.kyc.output +", "step.kyc.output +"],
  ])("%s", (source, renamed) => {
    expect(renameStepsInExpression(source, names)).toBe(renamed);
  });

  it("templates and JSON-logic follow too", () => {
    expect(
      renameStepsInTemplates({ a: ["x ${step.kyc.output} ${step.kyc.status}", "$${step.kyc}", 5] }, names),
    ).toEqual({
      a: ["x ${step.kyc_2.output} ${step.kyc_2.status}", "$${step.kyc}", 5],
    });
    expect(renameStepsInExpression({ "==": [{ var: "step.kyc.output.x" }, "step.kyc"] }, names)).toEqual({
      "==": [{ var: "step.kyc_2.output.x" }, "step.kyc"],
    });
  });
});
