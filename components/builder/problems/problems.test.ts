import { describe, expect, it } from "vitest";
import { defaultConfig, type Issue } from "@/core/workflow/document";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { countProblems, problemCountWords, problemGroups } from "./problem-groups";
import { problemPlace } from "./problem-place";

const document: EditableDocument = {
  spec: {
    specVersion: "1",
    startNodeId: "start",
    nodes: [
      { id: "start", type: "start" },
      {
        id: "each",
        type: "loop",
        name: "Each order",
        items: "input.orders",
        body: {
          startNodeId: "shape",
          nodes: [
            { id: "shape", type: "transform", expression: {} },
            { id: "tell", type: "notify", name: "Tell the buyer" },
          ],
          edges: [{ from: "shape", to: "tell", case: "out" }],
        },
      },
    ],
    edges: [{ from: "start", to: "each", case: "out" }],
  },
  triggers: [],
  config: defaultConfig,
};

const issue = (path: string, nodeId?: string, severity: Issue["severity"] = "error"): Issue => ({
  code: "invalid_config",
  severity,
  path,
  message: `about ${path}`,
  ...(nodeId !== undefined && { nodeId }),
});

describe("where a problem is solved", () => {
  it.each([
    ["nodes[1].items", "each", { kind: "step", nodeId: "each", field: "items" }],
    ["spec.nodes[1].items", "each", { kind: "step", nodeId: "each", field: "items" }],
    ["nodes[1].body.nodes[1].channels[0]", "tell", { kind: "step", nodeId: "tell", field: "channels[0]" }],
    ["nodes[1]", "each", { kind: "step", nodeId: "each", field: undefined }],
    ["nodes[1].body.startNodeId", "each", { kind: "step", nodeId: "each", field: undefined }],
    ["edges[0].case", "start", { kind: "connection", key: "start:out:each", nodeId: "start" }],
    ["nodes[1].body.edges[0]", "shape", { kind: "connection", key: "shape:out:tell", nodeId: "shape" }],
    ["edges[9]", undefined, { kind: "workflow" }],
    ["inputSchema.properties.a", undefined, { kind: "step", nodeId: "start", field: "inputSchema.properties.a" }],
    ["triggers[0].cron", undefined, { kind: "triggers" }],
    ["triggers", undefined, { kind: "triggers" }],
    ["config.timeoutMs", undefined, { kind: "configuration" }],
    ["startNodeId", undefined, { kind: "workflow" }],
  ] as const)("%s", (path, nodeId, place) => {
    expect(problemPlace(issue(path, nodeId), document)).toEqual(place);
  });
});

describe("the list of problems", () => {
  it("M-3 puts steps with errors first, in the order of the workflow, and errors before hints", () => {
    const groups = problemGroups(
      [
        issue("nodes[0]", "start", "warning"),
        issue("nodes[1].body.nodes[1].to", "tell", "warning"),
        issue("nodes[1].body.nodes[1].channels", "tell"),
        issue("nodes[1].items", "each"),
        issue("triggers"),
      ],
      document,
    );
    expect(groups.map(({ title }) => title)).toEqual(["Each order", "Tell the buyer", "Triggers", "Start"]);
    expect(groups[1]?.problems.map((each) => each.issue.severity)).toEqual(["error", "warning"]);
    expect(groups[0]?.step).toMatchObject({ id: "each" });
    expect(groups[2]?.step).toBeNull();
  });

  it("counts in words", () => {
    expect(countProblems([issue("a"), issue("b", "b", "warning")])).toEqual({ errors: 1, warnings: 1, total: 2 });
    expect(problemCountWords({ errors: 2, warnings: 1 })).toBe("2 problems and 1 hint");
    expect(problemCountWords({ errors: 1, warnings: 0 })).toBe("1 problem");
    expect(problemCountWords({ errors: 0, warnings: 0 })).toBe("Nothing to fix");
  });
});
