import { defaultConfig, type Spec, type SpecEdge, type SpecNode } from "@/core/workflow/document";
import { applyOperations } from "@/core/workflow/edit/apply-operations";
import type { EditableDocument, Operation } from "@/core/workflow/edit/operation";
import { chosenLayout } from "@/components/graph/graph-layout";
import { canvasGraph, layoutInput } from "./canvas-graph";
import { definitions } from "./step-facts";
import { triggerDefinitions } from "@/triggers/definitions";

export function edge(from: string, to: string, handle = "out"): SpecEdge {
  return { from, to, case: handle };
}

export function documentOf(nodes: SpecNode[], edges: SpecEdge[], startNodeId = nodes[0]?.id ?? ""): EditableDocument {
  const spec: Spec = { specVersion: "1", startNodeId, nodes, edges };
  return { spec, triggers: [], config: defaultConfig };
}

export function at(node: SpecNode, x: number, y: number): SpecNode {
  return { ...node, ui: { position: { x, y } } };
}

/** Start, a condition with two branches that meet again, and an output. */
export function diamond(): EditableDocument {
  return documentOf(
    [
      { id: "begin", type: "start" },
      { id: "check", type: "condition", name: "Is it large", expression: "input.amount > 100" },
      { id: "ask", type: "approval", name: "Manager approval", assignTo: "role:manager" },
      { id: "note", type: "transform", name: "Small amount", expression: "${input}" },
      { id: "result", type: "output", output: {} },
    ],
    [
      edge("begin", "check"),
      edge("check", "ask", "true"),
      edge("check", "note", "false"),
      edge("ask", "result", "approved"),
      edge("note", "result"),
    ],
  );
}

/** A loop over items with two steps in its body. */
export function looping(): EditableDocument {
  return documentOf(
    [
      { id: "begin", type: "start" },
      {
        id: "each",
        type: "loop",
        name: "For each line",
        items: "input.lines",
        body: {
          startNodeId: "shape",
          nodes: [
            { id: "shape", type: "transform", expression: "${item}" },
            { id: "give", type: "output", output: {} },
          ],
          edges: [{ from: "shape", to: "give", case: "out" }],
        },
      },
      { id: "after", type: "transform", expression: "${step.each.output}" },
    ],
    [edge("begin", "each"), edge("each", "after")],
  );
}

/** Graph and boxes of a document, as the drawing has them. */
export function drawingOf(document: EditableDocument) {
  const graph = canvasGraph(document.spec);
  return { graph, boxes: chosenLayout(layoutInput(graph)).boxes };
}

/** Applies what was planned; every operation must be possible. */
export function applied(document: EditableDocument, operations: Operation[]): EditableDocument {
  const result = applyOperations(document, operations, definitions, triggerDefinitions);
  if (result.refused.length > 0) throw new Error(result.refused.map(({ reason }) => reason).join(" "));
  return result.document;
}

export function edgeIds(document: EditableDocument): string[] {
  return [...canvasGraph(document.spec).edges.keys()].sort();
}
