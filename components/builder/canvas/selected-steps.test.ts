import { describe, expect, it } from "vitest";
import { canvasGraph } from "./canvas-graph";
import { planCopy, planDelete, planDuplicate, planPaste } from "./plan-selection";
import { applied, diamond, drawingOf, edgeIds, looping } from "./sample-documents.testkit";

describe("the selection", () => {
  const input = (document: ReturnType<typeof diamond>, ids: string[], edges: string[] = []) => {
    const { graph, boxes } = drawingOf(document);
    return { document, graph, boxes, ids, edges: edges.flatMap((id) => graph.edges.get(id) ?? []) };
  };

  it("is deleted, and what led to it leads to what followed", () => {
    const document = looping();
    const { operations, say, select } = planDelete(input(document, ["each", "shape"]));
    expect(edgeIds(applied(document, operations))).toEqual(["begin:out:after"]);
    expect(say).toBe("For each line deleted");
    expect(select).toEqual([]);
  });

  it("deletes connections alone", () => {
    const document = diamond();
    const { operations, say } = planDelete(input(document, [], ["check:false:note"]));
    expect(edgeIds(applied(document, operations))).not.toContain("check:false:note");
    expect(say).toBe("1 connection deleted");
  });

  it("is duplicated and selected", () => {
    const document = diamond();
    const { operations, select } = planDuplicate(input(document, ["ask", "note"]));
    const steps = canvasGraph(applied(document, operations).spec).steps;
    expect(select).toHaveLength(2);
    expect(select?.every((id) => steps.has(id))).toBe(true);
  });

  it("is copied into another workflow under new ids", () => {
    const { fragment, say } = planCopy(input(diamond(), ["check", "ask"]));
    expect(say).toBe("2 steps copied");
    if (!fragment) throw new Error("nothing copied");
    const other = looping();
    const { operations, select } = planPaste(input(other, []), fragment, null);
    const steps = canvasGraph(applied(other, operations).spec).steps;
    expect(select?.map((id) => steps.get(id)?.facts.title)).toEqual(["Is it large", "Manager approval"]);
    expect(planCopy(input(other, [])).fragment).toBeNull();
  });
});
