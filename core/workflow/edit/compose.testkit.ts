import { expect } from "vitest";
import { defaultConfig } from "@/core/workflow/document";
import { importSpec } from "@/core/workflow/import";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { applyOperations } from "./apply-operations";
import type { EditableDocument, Operation } from "./operation";

export const empty: EditableDocument = {
  spec: { specVersion: "1", startNodeId: "", nodes: [], edges: [] },
  triggers: [],
  config: defaultConfig,
};

export function sample(): EditableDocument {
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

export function done(document: EditableDocument, operations: readonly Operation[]): EditableDocument {
  const { refused, document: after } = applyOperations(document, operations, stepDefinitions, triggerDefinitions);
  expect(refused).toEqual([]);
  return after;
}

export function edges({ spec }: EditableDocument): string[] {
  return spec.edges.map(({ from, case: handle, to }) => `${from}:${handle}:${to}`);
}
