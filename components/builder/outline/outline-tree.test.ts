import { describe, expect, it } from "vitest";
import { canvasGraph } from "@/components/builder/canvas/canvas-graph";
import { diamond, documentOf, edge, looping } from "@/components/builder/canvas/sample-documents.testkit";
import { outlineRows, treeMove } from "./outline-rows";
import { outlineTree, type OutlineItem } from "./outline-tree";

/** The tree as indented words. */
function words(items: readonly OutlineItem[], depth = 0): string[] {
  return items.flatMap((item) => [`${"  ".repeat(depth)}${wordOf(item)}`, ...words(item.children, depth + 1)]);
}

function wordOf(item: OutlineItem): string {
  if (item.kind === "step") return item.step.id;
  if (item.kind === "branch") return `[${item.handle}]${item.edge === null ? " -" : ""}`;
  if (item.kind === "jump") return `-> ${item.edge.to}`;
  return item.kind;
}

describe("the outline", () => {
  it("M-8 shows branches, and where they come together the step after them", () => {
    expect(words(outlineTree(canvasGraph(diamond().spec)))).toEqual([
      "begin",
      "check",
      "  [true]",
      "    ask",
      "      [approved]",
      "        -> result",
      "      [rejected] -",
      "      [timed_out] -",
      "  [false]",
      "    note",
      "    -> result",
      "result",
    ]);
  });

  it("M-9 shows what a loop repeats inside it", () => {
    expect(words(outlineTree(canvasGraph(looping().spec)))).toEqual([
      "begin",
      "each",
      "  body",
      "    shape",
      "    give",
      "after",
    ]);
  });

  it("M-3 shows steps that nothing leads to apart", () => {
    const { spec } = documentOf(
      [
        { id: "a", type: "start" },
        { id: "b", type: "transform", expression: "${1}" },
        { id: "c", type: "transform", expression: "${1}" },
      ],
      [edge("b", "c")],
    );
    expect(words(outlineTree(canvasGraph(spec)))).toEqual(["a", "loose", "  b", "  c"]);
  });

  it("names branches that run side by side", () => {
    const { spec } = documentOf(
      [
        { id: "a", type: "start" },
        { id: "b", type: "transform", expression: "${1}" },
        { id: "c", type: "transform", expression: "${1}" },
        { id: "d", type: "output", output: {} },
      ],
      [edge("a", "b"), edge("a", "c"), edge("b", "d"), edge("c", "d")],
    );
    const [first] = outlineTree(canvasGraph(spec));
    expect(first?.children.map((item) => item.kind === "branch" && item.label)).toEqual([
      "Next, 1 of 2 side by side",
      "Next, 2 of 2 side by side",
    ]);
  });

  it("holds 500 steps without delay, each once", () => {
    const nodes = Array.from({ length: 500 }, (_, n) => ({
      id: `s${n}`,
      type: n === 0 ? "start" : "transform",
      expression: "${1}",
    }));
    const edges = nodes
      .slice(1)
      .flatMap((node, n) => [edge(`s${n}`, node.id), ...(n > 2 ? [edge(`s${n - 2}`, node.id)] : [])]);
    const rows = outlineRows(outlineTree(canvasGraph(documentOf(nodes, edges).spec)), new Set());
    const steps = rows.flatMap(({ item }) => (item.kind === "step" ? [item.step.id] : []));
    expect(steps).toHaveLength(500);
    expect(new Set(steps).size).toBe(500);
  });
});

describe("keys in the outline", () => {
  const items = outlineTree(canvasGraph(diamond().spec));
  const rows = outlineRows(items, new Set());

  it("M-3 move, fold and leave", () => {
    expect(treeMove(rows, "step:begin", "ArrowDown")).toEqual({ focus: "step:check" });
    expect(treeMove(rows, "step:check", "ArrowRight")).toEqual({ focus: "branch:check:true:ask" });
    expect(treeMove(rows, "step:check", "ArrowLeft")).toEqual({ fold: "step:check" });
    expect(treeMove(rows, "step:ask", "End")).toEqual({ focus: "step:result" });
    const folded = outlineRows(items, new Set(["step:check"]));
    expect(folded.map(({ item }) => item.key)).toEqual(["step:begin", "step:check", "step:result"]);
    expect(treeMove(folded, "step:check", "ArrowRight")).toEqual({ unfold: "step:check" });
    expect(treeMove(rows, "branch:ask:rejected", "ArrowLeft")).toEqual({ focus: "step:ask" });
  });

  it("know each line's place among its siblings", () => {
    expect(rows.find(({ item }) => item.key === "step:check")).toMatchObject({
      level: 1,
      position: 2,
      siblings: 3,
      open: true,
    });
  });
});
