import { describe, expect, it } from "vitest";
import { defaultConfig } from "@/core/workflow/document";
import { blocksPublishing, validateSpec } from "@/core/workflow/validate";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import {
  addAfter,
  changeHandles,
  insertOnEdge,
  newNodeId,
  reconnect,
  removeAll,
  setDisabled,
  starterNode,
} from "./compose";
import { allNodes, exampleDocuments } from "./operations.testkit";
import { done, edges, empty, sample } from "./compose.testkit";

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
        triggerDefinitions,
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
