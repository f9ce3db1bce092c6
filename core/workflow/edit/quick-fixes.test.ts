import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import type { Issue, Trigger } from "@/core/workflow/document";
import { defaultConfig } from "@/core/workflow/document";
import { importSpec } from "@/core/workflow/import";
import { validateSpec } from "@/core/workflow/validate";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { applyOperations } from "./apply-operations";
import type { EditableDocument } from "./operation";
import { quickFixes } from "./quick-fixes";

const manual: Trigger[] = [{ id: "manual", type: "manual" }];
const end = { id: "over", type: "end" };

function documentOf(raw: JsonObject, triggers = manual): EditableDocument {
  const read = importSpec(raw, stepDefinitions);
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return { spec: read.spec, triggers, config: defaultConfig };
}

function issuesOf({ spec, triggers, config }: EditableDocument): Issue[] {
  return validateSpec(spec, {
    definitions: stepDefinitions,
    triggerDefinitions,
    connectors: { find: () => null, actionIds: [] },
    connections: null,
    triggers,
    config,
  });
}

const loop = (body: JsonObject): JsonObject => ({
  startNodeId: "each",
  nodes: [{ id: "each", type: "loop", items: "input.list", body }],
  edges: [],
});

const broken: Record<string, { document: EditableDocument; code: string; labels: string[] }> = {
  "a decision without a default": {
    code: "missing_default_case",
    labels: ['Add an End step to "Anything else"', 'Treat other answers like "a"'],
    document: documentOf({
      startNodeId: "d",
      nodes: [{ id: "d", type: "decision", expression: "input.x", cases: ["a"] }, end],
      edges: [{ from: "d", to: "over", case: "a" }],
    }),
  },
  "a branch that leads nowhere": {
    code: "missing_branch",
    labels: ['Add an End step to "No"'],
    document: documentOf({
      startNodeId: "c",
      nodes: [{ id: "c", type: "condition", expression: "input.x" }, end],
      edges: [{ from: "c", to: "over", case: "true" }],
    }),
  },
  "a branch inside a loop that leads nowhere": {
    code: "missing_branch",
    labels: ['Add an Output step to "No"'],
    document: documentOf(
      loop({
        startNodeId: "c",
        nodes: [
          { id: "c", type: "condition", expression: "item.x" },
          { id: "o", type: "output", output: 1 },
        ],
        edges: [{ from: "c", to: "o", case: "true" }],
      }),
    ),
  },
  "a connection to nowhere": {
    code: "dangling_edge",
    labels: ["Remove the connection"],
    document: documentOf({ startNodeId: "over", nodes: [end], edges: [{ from: "ghost", to: "over", case: "x" }] }),
  },
  "a connection to nowhere inside a loop": {
    code: "dangling_edge",
    labels: ["Remove the connection"],
    document: documentOf(
      loop({
        startNodeId: "o",
        nodes: [{ id: "o", type: "output", output: 1 }],
        edges: [{ from: "o", to: "ghost", case: "out" }],
      }),
    ),
  },
  "steps that go in a circle": {
    code: "cycle",
    labels: ["Remove the connection"],
    document: documentOf({
      startNodeId: "w",
      nodes: [
        { id: "w", type: "wait", duration: "PT1H" },
        { id: "v", type: "wait", duration: "PT1H" },
      ],
      edges: [
        { from: "w", to: "v", case: "done" },
        { from: "v", to: "w", case: "done" },
      ],
    }),
  },
  "a step that nothing leads to": {
    code: "unreachable_node",
    labels: ['Connect it after "w"', "Remove the step"],
    document: documentOf({ startNodeId: "w", nodes: [{ id: "w", type: "wait", duration: "PT1H" }, end], edges: [] }),
  },
  "a workflow that begins nowhere": {
    code: "no_start",
    labels: ['Begin with "w"'],
    document: documentOf({
      startNodeId: "",
      nodes: [end, { id: "w", type: "wait", duration: "PT1H" }],
      edges: [{ from: "w", to: "over", case: "done" }],
    }),
  },
  "an empty workflow": {
    code: "no_start",
    labels: ["Add a step to begin with: Start"],
    document: documentOf({ startNodeId: "", nodes: [], edges: [] }),
  },
  "an empty loop": {
    code: "no_start",
    labels: ["Add a step to begin with: Output"],
    document: documentOf(loop({ startNodeId: "", nodes: [], edges: [] })),
  },
  "nothing that starts it": {
    code: "no_trigger",
    labels: ["Start it by hand", "Start it from the API"],
    document: documentOf({ startNodeId: "over", nodes: [end], edges: [] }, []),
  },
  "a mistyped step in an expression": {
    code: "unknown_reference",
    labels: ['Use "verify" instead of "verfy"'],
    document: documentOf({
      startNodeId: "verify",
      nodes: [
        { id: "verify", type: "wait", duration: "PT1H" },
        { id: "c", type: "condition", expression: "step.verfy.output.ok && input.x" },
        end,
      ],
      edges: [
        { from: "verify", to: "c", case: "done" },
        { from: "c", to: "over", case: "true" },
      ],
    }),
  },
  "a mistyped step in a template, by a key with a dot": {
    code: "unknown_reference",
    labels: ['Use "verify" instead of "verfy"'],
    document: documentOf({
      startNodeId: "verify",
      nodes: [
        { id: "verify", type: "wait", duration: "PT1H" },
        { id: "t", type: "transform", expression: { "a.b": ["x ${step.verfy.output} y"] } },
      ],
      edges: [{ from: "verify", to: "t", case: "done" }],
    }),
  },
  "an approval without a limit": {
    code: "approval_without_timeout",
    labels: ["Wait 24 hours at most"],
    document: documentOf({ startNodeId: "a", nodes: [{ id: "a", type: "approval" }], edges: [] }),
  },
  "an approval that cannot be rejected": {
    code: "approval_without_reject_path",
    labels: ['Add an End step to "Rejected"'],
    document: documentOf({ startNodeId: "a", nodes: [{ id: "a", type: "approval", timeoutHours: 4 }], edges: [] }),
  },
  "two triggers of one id": {
    code: "duplicate_id",
    labels: ['Call one of them "api_2"'],
    document: documentOf({ startNodeId: "over", nodes: [end], edges: [] }, [
      { id: "api", type: "api", label: "First" },
      { id: "api", type: "manual" },
    ]),
  },
  "a field that is not right": {
    code: "invalid_config",
    labels: ['Use the default for "Method": GET'],
    document: documentOf({
      startNodeId: "s",
      nodes: [{ id: "s", type: "service_call", service: "aml", method: "FETCH" }],
      edges: [],
    }),
  },
  "a way out that is not there": {
    code: "invalid_config",
    labels: ['Connect it to "Done"', "Remove the connection"],
    document: documentOf({
      startNodeId: "w",
      nodes: [{ id: "w", type: "wait", duration: "PT1H" }, end],
      edges: [{ from: "w", to: "over", case: "finished" }],
    }),
  },
};

describe.each(Object.entries(broken))("%s", (_name, { document, code, labels }) => {
  const found = issuesOf(document).filter((issue) => issue.code === code);

  it("is offered what can be done", () => {
    expect(found.length).toBeGreaterThan(0);
    expect(
      found.flatMap((issue) =>
        quickFixes(issue, document, stepDefinitions, triggerDefinitions).map(({ label }) => label),
      ),
    ).toEqual(labels);
  });

  it.each(labels)("%s: the finding is gone, and nothing worse came", (label) => {
    for (const issue of found) {
      const fix = quickFixes(issue, document, stepDefinitions, triggerDefinitions).find((each) => each.label === label);
      if (fix === undefined) continue;
      const {
        document: after,
        refused,
        inverse,
      } = applyOperations(document, fix.operations, stepDefinitions, triggerDefinitions);
      expect(refused).toEqual([]);
      const left = issuesOf(after);
      expect(left.filter((other) => other.code === code && other.message === issue.message)).toEqual([]);
      const before = new Set(issuesOf(document).map((other) => other.code));
      const worse = left.filter((other) => other.severity === "error" && !before.has(other.code));
      // Cutting a connection may leave a step alone; that finding has fixes of its own.
      expect(worse.filter((other) => label !== "Remove the connection" || other.code !== "unreachable_node")).toEqual(
        [],
      );
      expect(applyOperations(after, inverse, stepDefinitions, triggerDefinitions).document).toEqual(document);
    }
  });
});

it("offers nothing for a reference that nobody can guess", () => {
  const document = documentOf({
    startNodeId: "t",
    nodes: [{ id: "t", type: "transform", expression: "step.something_else.output" }],
    edges: [],
  });
  const [issue] = issuesOf(document).filter(({ code }) => code === "unknown_reference");
  if (issue === undefined) throw new Error("no finding");
  expect(quickFixes(issue, document, stepDefinitions, triggerDefinitions)).toEqual([]);
});
