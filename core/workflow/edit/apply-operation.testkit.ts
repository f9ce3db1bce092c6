import { expect } from "vitest";
import type { SpecNode } from "@/core/workflow/document";
import { defaultConfig } from "@/core/workflow/document";
import { importSpec } from "@/core/workflow/import";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { applyOperation } from "./apply-operation";
import { applyOperations } from "./apply-operations";
import type { EditableDocument, Operation } from "./operation";

/** a → check (yes → b, no → c), and a loop with one step inside. */
export function sample(): EditableDocument {
  const read = importSpec(
    {
      specVersion: "1",
      startNodeId: "a",
      nodes: [
        { id: "a", type: "tool_call", tool: "stripe.subscription.preview" },
        { id: "check", type: "decision", expression: "input.kind", cases: ["yes", "no"] },
        { id: "b", type: "transform", expression: {} },
        { id: "c", type: "transform", expression: {} },
        {
          id: "each",
          type: "loop",
          items: "input.list",
          body: { startNodeId: "row", nodes: [{ id: "row", type: "output", output: "${item}" }], edges: [] },
        },
      ],
      edges: [
        { from: "a", to: "check", case: "out" },
        { from: "check", to: "b", case: "yes" },
        { from: "check", to: "c", case: "no" },
        { from: "check", to: "c", case: "default" },
        { from: "b", to: "each", case: "out" },
      ],
    },
    stepDefinitions,
  );
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return { spec: read.spec, triggers: [{ id: "manual", type: "manual" }], config: defaultConfig };
}

export function done(document: EditableDocument, ...operations: Operation[]): EditableDocument {
  const { refused, document: after } = applyOperations(document, operations, stepDefinitions, triggerDefinitions);
  expect(refused).toEqual([]);
  return after;
}

export function refusal(document: EditableDocument, operation: Operation): string {
  const applied = applyOperation(document, operation, stepDefinitions, triggerDefinitions);
  return applied.ok ? "done" : applied.reason;
}

export function edges({ spec }: EditableDocument): string[] {
  return spec.edges.map(({ from, case: handle, to }) => `${from}:${handle}:${to}`);
}

export function node(document: EditableDocument, id: string): SpecNode | undefined {
  return document.spec.nodes.find((each) => each.id === id);
}
