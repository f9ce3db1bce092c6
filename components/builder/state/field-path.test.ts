import { describe, expect, it } from "vitest";
import { spellPath } from "@/core/spell-path";
import { fieldChange, parsePath, valueAt } from "./field-path";
import { problemsElsewhere, problemsOf, stepProblems } from "./step-problems";

describe("paths of fields", () => {
  it("are read as problems name them, and written the same way", () => {
    for (const text of ["expression", "context.fields[0].label", "bindFields[2]", "headers.X-Trace-Id"])
      expect(spellPath(parsePath(text))).toBe(text);
    expect(parsePath('headers["X-Trace"]')).toEqual(["headers", "X-Trace"]);
    expect(parsePath("")).toEqual([]);
  });

  it("read nothing where the way ends, also for names that every object has", () => {
    expect(valueAt({ a: { b: [1] } }, ["a", "b", 0])).toBe(1);
    expect(valueAt({ a: { b: [1] } }, ["a", "x", "y"])).toBeUndefined();
    expect(valueAt({ a: {} }, ["a", "constructor"])).toBeUndefined();
  });
});

describe("M-3 changing a field", () => {
  it("brings the objects on the way along, and only those that are missing", () => {
    const empty = { id: "a", type: "approval" };
    expect(fieldChange(empty, ["context", "headline"], "Pay")).toEqual({
      path: ["context"],
      value: { headline: "Pay" },
    });
    const given = { ...empty, context: { conversation: true } };
    expect(fieldChange(given, ["context", "headline"], "Pay")).toEqual({ path: ["context", "headline"], value: "Pay" });
  });

  it("takes an object along with its last field, but never a list", () => {
    const node = { retry: { maxAttempts: 2 }, context: { fields: [], headline: "x" }, policy: { a: { b: 1 } } };
    expect(fieldChange(node, ["retry", "maxAttempts"], undefined)).toEqual({ path: ["retry"] });
    expect(fieldChange(node, ["context", "headline"], undefined)).toEqual({ path: ["context", "headline"] });
    expect(fieldChange(node, ["policy", "a", "b"], undefined)).toEqual({ path: ["policy"] });
    expect(fieldChange({ list: [1] }, ["list", 0], undefined)).toEqual({ path: ["list", 0] });
  });
});

describe("problems at their fields", () => {
  const issue = (path: string, severity: "error" | "warning" = "error", nodeId = "b") => ({
    code: "x",
    severity,
    path,
    message: path,
    nodeId,
  });
  const problems = stepProblems(
    [
      issue("nodes[1].cases[0]", "warning"),
      issue("nodes[0].body.nodes[1].expression"),
      issue("nodes[1]"),
      issue("nodes[0].x", "error", "a"),
    ],
    "b",
  );

  it("are found whatever body the step stands in, errors first", () => {
    expect(problems.map(({ field }) => spellPath(field))).toEqual(["expression", "", "cases[0]"]);
  });

  it("stand at the field they are in, else at the top", () => {
    expect(problemsOf(problems, ["cases"])).toHaveLength(1);
    expect(problemsElsewhere(problems, [["cases"], ["expression"]]).map(({ issue: { path } }) => path)).toEqual([
      "nodes[1]",
    ]);
  });
});
