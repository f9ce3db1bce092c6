import { describe, expect, it } from "vitest";
import { defaultConfig, type SpecNode } from "@/core/workflow/document";
import { applyOperations } from "@/core/workflow/edit/apply-operations";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { caseProblem, removeCase, renameCase } from "./case-edits";
import { parseJson } from "./json-editor";
import { dropKey, nameProblem, putKey, renameKey } from "./named-values";
import { numberProblem } from "./plain-controls";
import { readTyped } from "./typed-text";
import { shapeOf } from "./value-control";

describe("M-8 K-22 the answers of a decision", () => {
  const decision: SpecNode = {
    id: "route",
    type: "decision",
    expression: "input.x",
    cases: ["a", "b"],
    defaultCase: "a",
  };
  const end = (id: string): SpecNode => ({ id, type: "end" });
  const document: EditableDocument = {
    spec: {
      specVersion: "1",
      startNodeId: "route",
      nodes: [decision, end("one"), end("two")],
      edges: [
        { from: "route", to: "one", case: "a" },
        { from: "route", to: "two", case: "b" },
      ],
    },
    triggers: [],
    config: defaultConfig,
  };
  const after = (operations: ReturnType<typeof renameCase>) =>
    applyOperations(document, operations, stepDefinitions, triggerDefinitions);

  it("keep their connection and their place when renamed, also as the default", () => {
    const { document: next, refused } = after(renameCase(document, decision, "a", "passed"));
    expect(refused).toEqual([]);
    expect(next.spec.nodes[0]).toMatchObject({ cases: ["passed", "b"], defaultCase: "passed" });
    expect(next.spec.edges).toEqual([
      { from: "route", to: "one", case: "passed" },
      { from: "route", to: "two", case: "b" },
    ]);
  });

  it("take their connection along when removed, and nothing else", () => {
    const { document: next, refused } = after(removeCase(decision, "a"));
    expect(refused).toEqual([]);
    expect(next.spec.nodes[0]).toMatchObject({ cases: ["b"] });
    expect(next.spec.nodes[0]?.["defaultCase"]).toBeUndefined();
    expect(next.spec.edges).toEqual([{ from: "route", to: "two", case: "b" }]);
  });

  it("have names of their own", () => {
    expect(caseProblem(["a"], "a")).toContain("already");
    expect(caseProblem(["a"], "default")).toContain("meaning of its own");
    expect(caseProblem(["a"], "")).not.toBeNull();
    expect(caseProblem(["a"], "c")).toBeNull();
  });
});

describe("named values", () => {
  it("keep their order when one is renamed or changed", () => {
    expect(Object.entries(renameKey({ a: 1, b: 2, c: 3 }, "b", "z"))).toEqual([
      ["a", 1],
      ["z", 2],
      ["c", 3],
    ]);
    expect(renameKey({ a: 1, b: 2 }, "a", "b")).toEqual({ a: 1, b: 2 });
    expect(putKey({ a: 1, b: 2 }, "a", 5)).toEqual({ a: 5, b: 2 });
    expect(dropKey({ a: 1, b: 2 }, "a")).toEqual({ b: 2 });
  });

  it("are not called what would reach into every object", () => {
    expect(nameProblem({}, "__proto__")).not.toBeNull();
    expect(nameProblem({ a: 1 }, "a")).toContain("already");
    expect(nameProblem({}, "constructor")).not.toBeNull();
    expect(nameProblem({ a: 1 }, "X-Trace")).toBeNull();
  });
});

describe("what is typed", () => {
  it("becomes what the action asks for; templates and texts stay texts", () => {
    expect(readTyped("42.5", { type: "number" })).toBe(42.5);
    expect(readTyped("42.", { type: "number" })).toBe("42.");
    expect(readTyped("42", { type: "string" })).toBe("42");
    expect(readTyped("true", { type: "boolean" })).toBe(true);
    expect(readTyped("${input.n}", { type: "number" })).toBe("${input.n}");
    expect(readTyped('{"a":1}', { type: "object" })).toEqual({ a: 1 });
    expect(readTyped('{"a":', { type: "object" })).toBe('{"a":');
  });

  it("is a number within its bounds, or a sentence says what to enter", () => {
    expect(numberProblem("3", { min: 1, max: 5, whole: true })).toBeNull();
    expect(numberProblem("0", { min: 1 })).toBe("Enter 1 or more.");
    expect(numberProblem("9", { max: 5 })).toBe("Enter 5 or less.");
    expect(numberProblem("1.5", { whole: true })).toBe("Enter a whole number.");
    expect(numberProblem("many", {})).toBe("Enter a number.");
  });

  it("K-24 is shown in the shape it has; JSON can be looked at any time", () => {
    expect(shapeOf({ a: 1 }, null)).toBe("fields");
    expect(shapeOf("${input.a}", "fields")).toBe("one");
    expect(shapeOf([1], null)).toBe("json");
    expect(shapeOf({ a: 1 }, "json")).toBe("json");
    expect(shapeOf(undefined, "one")).toBe("one");
    expect(shapeOf(undefined, null)).toBe("fields");
  });

  it("is JSON once it is complete, and nothing when it is empty", () => {
    expect(parseJson(" ")).toEqual({ value: undefined, problem: null });
    expect(parseJson('{"a":[1]}')).toEqual({ value: { a: [1] }, problem: null });
    expect(parseJson('{"a":')).toMatchObject({
      value: null,
      problem: expect.stringContaining("Not valid JSON") as string,
    });
  });
});
