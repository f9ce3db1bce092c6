import { describe, expect, it } from "vitest";
import { defaultConfig } from "./document";
import { chain, issuesOf, loopOf, verify } from "./validate.testkit";

describe("references", () => {
  it("a body sees what comes before its loop, its own earlier steps, and until sees the body", () => {
    const body = chain([
      { ...verify, id: "inside" },
      { id: "check", type: "transform", expression: { both: ["${step.verify.output}", "${step.inside.output}"] } },
    ]);
    const loop = { id: "each", type: "loop", until: "step.check.output.both[0] != null", max: 3, body };
    expect(issuesOf(chain([verify, loop]))).toEqual([]);
  });

  it.each(["${step}", "${[step]}", "${size(step)}", "${step[input.which]}", { all: "Steps: ${step}" }])(
    "all steps together are never there: %j",
    (expression) => {
      const found = issuesOf(chain([verify, { id: "check", type: "transform", expression }]));
      expect(found.filter(({ code }) => code === "unknown_reference")).toMatchObject([
        { severity: "warning", nodeId: "check", message: expect.stringContaining("step.verify.output") as unknown },
      ]);
    },
  );

  it("a step that is named is no such thing, nor is a name of a list that is called the same", () => {
    const expression = "${[step.verify.output, step['verify'].?status, [1].map(step, step)]}";
    expect(issuesOf(chain([verify, { id: "check", type: "transform", expression }]))).toEqual([]);
  });

  it("an output that only one branch gives may be read after the join", () => {
    const raw = chain(
      [
        { id: "check", type: "condition", expression: "input.ok" },
        verify,
        { id: "join", type: "output", output: "${step.verify.output}" },
      ],
      [
        { from: "check", to: "verify", case: "true" },
        { from: "check", to: "join", case: "false" },
        { from: "verify", to: "join" },
      ],
    );
    expect(issuesOf(raw)).toEqual([]);
  });

  it("bare names of the input, the variables and the loop are known where the input is closed", () => {
    const inputSchema = { type: "object", properties: { lines: { type: "array" } }, additionalProperties: false };
    const body = chain([
      { id: "small", type: "condition", expression: "line.amount < limit && index < 3 && env.now != null" },
    ]);
    const raw = chain([loopOf(body, { items: "lines", itemName: "line" })], [], { inputSchema });
    const found = issuesOf(raw, { config: { ...defaultConfig, variables: { limit: 5 } } });
    expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});
