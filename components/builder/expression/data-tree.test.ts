import { describe, expect, it } from "vitest";
import type { Completion } from "@/core/workflow/completion";
import { dataTree, searchTree } from "./data-tree";

const known: Completion[] = [
  { label: "input.email", insert: "input.email", kind: "input", detail: "text", sample: "jane@acme.com" },
  { label: "step.preview.output", insert: "step.preview.output", kind: "step", detail: "object" },
  {
    label: "step.preview.output.amount",
    insert: "step.preview.output.amount",
    kind: "step",
    detail: "number",
    sample: 42.6,
  },
  { label: "step.preview.status", insert: "step.preview.status", kind: "step", detail: "text" },
  { label: "item.sku", insert: "item.sku", kind: "item", detail: "text" },
  { label: "lower", insert: "lower(", kind: "function", detail: "lower(text)" },
];
const titleOf = (id: string) => ({ preview: "Preview upgrade cost" })[id] ?? id;

describe("the data picker", () => {
  it("M-3 groups what can be read by where it comes from, values inside what holds them, functions left out", () => {
    const groups = dataTree(known, titleOf);
    expect(groups.map(({ title }) => title)).toEqual(["Input", "Preview upgrade cost", "Current item"]);
    expect(groups[1]?.entries.map(({ name }) => name)).toEqual(["output", "status"]);
    expect(groups[1]?.entries[0]?.children).toEqual([
      { path: "step.preview.output.amount", name: "amount", children: [], sample: 42.6 },
    ]);
  });

  it("finds by name, by step and by sample value; the first entry is the first match", () => {
    const groups = dataTree(known, titleOf);
    const paths = (query: string) =>
      searchTree(groups, query).flatMap(({ entries }) => entries.map(({ path }) => path));
    expect(paths("amount")).toEqual(["step.preview.output.amount"]);
    expect(searchTree(groups, "amount")[0]?.entries[0]?.name).toBe("output.amount");
    expect(paths("upgrade cost status")).toEqual(["step.preview.status"]);
    expect(paths("jane@")).toEqual(["input.email"]);
    expect(paths("nothing like it")).toEqual([]);
    expect(searchTree(groups, "  ")).toEqual(groups);
  });
});
