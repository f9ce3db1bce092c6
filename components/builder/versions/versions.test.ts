import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { canonicalText } from "./canonical-text";
import { graphMarks, stepOfChange } from "./graph-marks";
import { textDiff } from "./text-diff";
import { inOrder, readSide, toggleSide } from "./version-side";
import { restoreWords, rollbackWords } from "./version-words";

describe("F-44 rolling back", () => {
  const workflow = {
    headVersion: 4,
    hasDraft: false,
    versions: [
      { number: 4, openRuns: 12 },
      { number: 2, openRuns: 0 },
    ],
  };
  it("says which number it gets, and what runs go on with", () => {
    expect(rollbackWords(2, workflow)).toBe("What v2 does goes live again now, as v5. 12 runs finish on v4.");
    expect(rollbackWords(2, { ...workflow, hasDraft: true })).toMatch(/The draft stays as it is\.$/);
  });

  it("editing from an old version warns only when a draft is lost", () => {
    expect(restoreWords(2, false)).not.toContain("replaced");
    expect(restoreWords(2, true)).toContain("replaced");
  });
});

describe("F-45 choosing two versions", () => {
  it("reads the older one first, whatever was pressed first", () => {
    expect(inOrder(4, 2)).toEqual([2, 4]);
    expect(inOrder("draft", 4)).toEqual([4, "draft"]);
  });

  it("keeps the last two", () => {
    expect(toggleSide([1, 2], "draft")).toEqual([2, "draft"]);
    expect(toggleSide([1, 2], 1)).toEqual([2]);
  });

  it("takes from the address only what there is", () => {
    expect(readSide("draft", ["draft", 1])).toBe("draft");
    expect(readSide("draft", [1])).toBeNull();
    expect(readSide("1", [1])).toBe(1);
    expect(readSide("7", [1])).toBeNull();
    expect(readSide(null, [1])).toBeNull();
  });
});

const document = (nodes: JsonObject[]): JsonObject => ({
  triggers: [],
  config: { maxRetries: 3 },
  spec: { specVersion: "1", startNodeId: "a", nodes, edges: [] },
});

describe("F-45 the textual difference", () => {
  it("leaves out positions and the order of keys, in loops too, and nothing else", () => {
    const inner = (x: number) => ({ nodes: [{ id: "b", type: "output", ui: { x } }], edges: [], startNodeId: "b" });
    const before = document([{ id: "a", type: "loop", ui: { x: 1 }, items: "x", body: inner(1) }]);
    const after = document([{ type: "loop", items: "x", id: "a", body: inner(2), ui: { x: 2 } }]);
    expect(canonicalText(before)).toBe(canonicalText(after));
    const sent = document([{ id: "a", type: "service_call", body: { ui: "kept" } }]);
    expect(canonicalText(sent)).toContain('"ui": "kept"');
  });

  it("numbers the lines of both sides", () => {
    expect(textDiff("a\nb\nc\n", "a\nx\nc\nd\n")).toEqual([
      {
        skipped: 0,
        lines: [
          { kind: "same", before: 1, after: 1, text: "a" },
          { kind: "removed", before: 2, after: null, text: "b" },
          { kind: "added", before: null, after: 2, text: "x" },
          { kind: "same", before: 3, after: 3, text: "c" },
          { kind: "added", before: null, after: 4, text: "d" },
        ],
      },
    ]);
  });

  it("leaves out what is equal, and says how much", () => {
    const lines = Array.from({ length: 40 }, (_, line) => `line ${line}`);
    const changed = lines.map((line, at) => (at === 5 || at === 30 ? `${line}!` : line));
    const hunks = textDiff(lines.join("\n"), changed.join("\n")) ?? [];
    expect(hunks.map(({ skipped }) => skipped)).toEqual([2, 18]);
    expect(textDiff("same\n", "same\n")).toEqual([]);
  });
});

describe("F-45 marks in the drawings", () => {
  const card = { type: "notify", title: "", summary: "", icon: "", color: "", parentId: null, position: null };
  const graph = {
    nodes: [
      { ...card, id: "a" },
      { ...card, id: "b" },
    ],
    edges: [{ id: "a:out:b", from: "a", to: "b", label: null }],
  };
  const change = (kind: "added" | "removed" | "changed", subject: "step" | "connection" | "setting", id: string) => ({
    kind,
    subject,
    id,
    text: `${kind} ${id}`,
    fields: [],
  });

  it("stand only on what a drawing has", () => {
    const changes = [
      change("added", "step", "b"),
      change("removed", "step", "gone"),
      change("added", "connection", "a:out:b"),
      change("changed", "setting", "a"),
    ];
    expect([...graphMarks(changes, graph)]).toEqual([
      ["b", "added"],
      ["a:out:b", "added"],
    ]);
  });

  it("lead from a change to the step to look at", () => {
    expect(stepOfChange(change("changed", "step", "b"), graph)).toBe("b");
    expect(stepOfChange(change("added", "connection", "a:out:b"), graph)).toBe("a");
    expect(stepOfChange(change("removed", "step", "gone"), graph)).toBeNull();
    expect(stepOfChange(change("changed", "setting", "timeoutMs"), graph)).toBeNull();
  });
});
