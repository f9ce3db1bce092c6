import { describe, expect, it } from "vitest";
import { renameStepsInExpression, renameStepsInTemplates } from "@/core/expression/rename-steps";
import { defaultConfig } from "@/core/spec/document";
import { importSpec } from "@/core/spec/import";
import { blocksPublishing, validateSpec } from "@/core/spec/validate";
import { stepDefinitions } from "@/steps/definitions";
import { applyOperations } from "./apply-operations";
import {
  addAfter,
  changeHandles,
  copyFragment,
  duplicate,
  insertOnEdge,
  newNodeId,
  pasteFragment,
  reconnect,
  removeAll,
  setDisabled,
  starterNode,
} from "./compose";
import type { EditableDocument, Fragment, Operation } from "./operation";
import { allNodes, exampleDocuments } from "./operations.testkit";

const empty: EditableDocument = {
  spec: { specVersion: "1", startNodeId: "", nodes: [], edges: [] },
  triggers: [],
  config: defaultConfig,
};

function sample(): EditableDocument {
  const read = importSpec(
    {
      startNodeId: "a",
      nodes: [
        { id: "a", type: "tool_call", tool: "identity.verify", name: "Verify", ui: { position: { x: 0, y: 10 } } },
        { id: "route", type: "decision", expression: "step.a.output.kind", cases: ["yes", "no"] },
        {
          id: "each",
          type: "loop",
          items: "step.a.output.list.filter(x, x != step.a.output.skip)",
          until: undefined,
          body: {
            startNodeId: "row",
            nodes: [
              { id: "row", type: "transform", expression: { left: "${step.a.output.left - item}" } },
              { id: "give", type: "output", output: "${step.row.output.left}" },
            ],
            edges: [{ from: "row", to: "give", case: "out" }],
          },
        },
      ].map((node) => JSON.parse(JSON.stringify(node)) as object),
      edges: [
        { from: "a", to: "route", case: "out" },
        { from: "route", to: "each", case: "yes" },
      ],
    },
    stepDefinitions,
  );
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return { spec: read.spec, triggers: [{ id: "manual", type: "manual" }], config: defaultConfig };
}

function done(document: EditableDocument, operations: readonly Operation[]): EditableDocument {
  const { refused, document: after } = applyOperations(document, operations, stepDefinitions);
  expect(refused).toEqual([]);
  return after;
}

function edges({ spec }: EditableDocument): string[] {
  return spec.edges.map(({ from, case: handle, to }) => `${from}:${handle}:${to}`);
}

describe("new steps", () => {
  it("M-3 an id is made of the name, unique in the document and usable in expressions", () => {
    expect(newNodeId(empty, "Manager approval")).toBe("manager_approval");
    expect(newNodeId(empty, "2nd check!")).toBe("step_2nd_check");
    expect(newNodeId(empty, "Überprüfung – später")).toBe("uberprufung_spater");
    expect(newNodeId(empty, "審査")).toBe("step");
    expect(newNodeId(empty, "in")).toBe("in_2");
    expect(newNodeId(sample(), "Row")).toBe("row_2");
  });

  it.each(Object.keys(stepDefinitions))(
    "M-3 a new %s step can be added at once, and validation names what is missing",
    (type) => {
      const id = newNodeId(empty, stepDefinitions[type as keyof typeof stepDefinitions].title);
      const document = done(empty, [
        { op: "add_node", node: starterNode(type, stepDefinitions, id), container: null },
        { op: "set_start", container: null, id },
      ]);
      const issues = validateSpec(document.spec, {
        definitions: stepDefinitions,
        connectors: { find: () => null, actionIds: [] },
        connections: null,
        triggers: null,
        config: defaultConfig,
      });
      const allowed = ["invalid_config", "missing_default_case", "step_not_available", "unknown_action"];
      expect(
        issues
          .filter(({ severity }) => severity === "error")
          .map(({ code }) => code)
          .filter((code) => !allowed.includes(code)),
      ).toEqual([]);
      for (const issue of issues) expect(issue.message).not.toMatch(/undefined|expected/);
      if (["start", "transform", "output", "end", "parallel", "wait", "approval", "human_handoff"].includes(type))
        expect(blocksPublishing(issues)).toBe(false);
    },
  );

  it("M-9 a new loop holds a step of its own, under an id that nobody has", () => {
    const first = done(empty, [
      { op: "add_node", node: starterNode("loop", stepDefinitions, newNodeId(empty, "Loop")), container: null },
    ]);
    const second = done(first, [
      { op: "add_node", node: starterNode("loop", stepDefinitions, newNodeId(first, "Loop")), container: null },
    ]);
    expect(allNodes(second.spec).map(({ id }) => id)).toEqual(["loop", "loop_result", "loop_2", "loop_2_result"]);
  });
});

describe("putting steps between others", () => {
  it("M-3 the type of a step with a problem is no word that means another step", () => {
    const node = {
      id: "c",
      type: "decision",
      expression: "input.kind",
      cases: ["a"],
      "x-source": { given: { defaultCase: "x" } },
    };
    const document = { ...empty, spec: { ...empty.spec, startNodeId: "c", nodes: [node] } };
    const next = starterNode("decision", stepDefinitions, newNodeId(document, "decision"));
    expect(next.id).toBe("decision");
    done(document, addAfter(document, { from: "c", case: "a" }, next, stepDefinitions));
  });

  it("M-3 a step after another one takes over what followed there", () => {
    const node = starterNode("transform", stepDefinitions, "shape");
    const after = done(sample(), addAfter(sample(), { from: "a", case: "out" }, node, stepDefinitions));
    expect(edges(after)).toEqual(["a:out:shape", "shape:out:route", "route:yes:each"]);
    expect(after.spec.nodes.map(({ id }) => id)).toEqual(["a", "shape", "route", "each"]);
  });

  it("a free branch is simply connected, also inside a loop", () => {
    const end = done(
      sample(),
      addAfter(sample(), { from: "route", case: "no" }, starterNode("end", stepDefinitions, "over"), stepDefinitions),
    );
    expect(edges(end)).toContain("route:no:over");
    const inner = done(
      sample(),
      addAfter(sample(), { from: "give", case: "out" }, starterNode("wait", stepDefinitions, "pause"), stepDefinitions),
    );
    expect(JSON.stringify(inner.spec.nodes[2])).toContain('{"from":"give","to":"pause","case":"out"}');
  });

  it("a decision on a connection leads on by its default", () => {
    const node = starterNode("decision", stepDefinitions, "which");
    const after = done(
      sample(),
      insertOnEdge(sample(), { from: "a", case: "out", to: "route" }, node, stepDefinitions),
    );
    expect(edges(after)).toEqual(["a:out:which", "which:default:route", "route:yes:each"]);
  });

  it("reconnecting keeps the place in the list", () => {
    const after = done(sample(), reconnect(sample(), { from: "a", case: "out", to: "route" }, "each"));
    expect(edges(after)).toEqual(["a:out:each", "route:yes:each"]);
  });

  it("M-8 a renamed case keeps its connection", () => {
    const operations = changeHandles(
      sample(),
      "route",
      [{ path: ["cases", 0], value: "sure" }],
      new Map([["yes", "sure"]]),
      stepDefinitions,
    );
    expect(edges(done(sample(), operations))).toEqual(["a:out:route", "route:sure:each"]);
  });
});

describe("removing, switching off", () => {
  it("several steps in a row heal to one connection", () => {
    const document = exampleDocuments["subscription-upgrade"] ?? empty;
    const after = done(document, removeAll(document, ["eligible", "preview"], [], stepDefinitions));
    expect(edges(after)[0]).toBe("verify:out:approve");
  });

  it("what is inside a removed loop goes with it; connections can be removed alone", () => {
    const after = done(
      sample(),
      removeAll(sample(), ["row", "each"], [{ from: "a", case: "out", to: "route" }], stepDefinitions),
    );
    expect(allNodes(after.spec).map(({ id }) => id)).toEqual(["a", "route"]);
    expect(edges(after)).toEqual([]);
  });

  it("switches off and on, also inside a loop, and says nothing twice", () => {
    const off = done(sample(), setDisabled(sample(), ["a", "row"], true));
    expect(allNodes(off.spec).flatMap(({ id, disabled }) => (disabled === true ? [id] : []))).toEqual(["a", "row"]);
    expect(setDisabled(off, ["a", "row"], true)).toEqual([]);
    expect(done(off, setDisabled(off, ["a", "row"], false))).toEqual(sample());
  });
});

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
