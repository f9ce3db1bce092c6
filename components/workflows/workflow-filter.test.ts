import { describe, expect, it } from "vitest";
import { sampleWorkflows } from "@/components/kit/sample-workflows";
import type { WorkflowListItem } from "@/core/contracts/workflow";
import { filterWorkflows, folderTree, readTags, tagCounts, type WorkflowFilter } from "./workflow-filter";

const base = sampleWorkflows[0] as WorkflowListItem;
const workflow = (name: string, more: Partial<WorkflowListItem>): WorkflowListItem => ({
  ...base,
  id: name,
  slug: name,
  name,
  description: "",
  folder: "",
  owner: { id: "o", name: "Olive" },
  tags: [],
  ...more,
});
const items = [
  workflow("Upgrade", { folder: "Sales", tags: ["billing"] }),
  workflow("Refund", { folder: "Sales/Service", tags: ["billing", "customers"], status: "draft" }),
  workflow("Invoice", { folder: "Finance" }),
  workflow("Loose", { owner: { id: "u", name: "Kim" } }),
];
const all: WorkflowFilter = { q: "", folder: null, tag: null, status: null };
const names = (filter: Partial<WorkflowFilter>) =>
  filterWorkflows(items, { ...all, ...filter }).map(({ name }) => name);

describe("the list of workflows", () => {
  it("is searched by every word, in name, folder, tag and owner", () => {
    expect(names({ q: "billing upg" })).toEqual(["Upgrade"]);
    expect(names({ q: "KIM" })).toEqual(["Loose"]);
    expect(names({ q: "nothing like it" })).toEqual([]);
  });
  it("shows a folder with what is below it, or only what lies in none", () => {
    expect(names({ folder: "Sales" })).toEqual(["Upgrade", "Refund"]);
    expect(names({ folder: "Sales/Service" })).toEqual(["Refund"]);
    expect(names({ folder: "" })).toEqual(["Loose"]);
  });
  it("is narrowed by tag and status together", () => {
    expect(names({ tag: "billing", status: "draft" })).toEqual(["Refund"]);
  });
  it("has a tree of folders that counts what is below each", () => {
    expect(folderTree(items)).toEqual([
      { path: "Finance", name: "Finance", depth: 0, count: 1 },
      { path: "Sales", name: "Sales", depth: 0, count: 2 },
      { path: "Sales/Service", name: "Service", depth: 1, count: 1 },
    ]);
    expect(folderTree([{ folder: "A/B/C" }]).map(({ path }) => path)).toEqual(["A", "A/B", "A/B/C"]);
  });
  it("counts tags and reads them as people type them", () => {
    expect(tagCounts(items)).toEqual([
      { tag: "billing", count: 2 },
      { tag: "customers", count: 1 },
    ]);
    expect(readTags(" Billing, billing,, late fees ")).toEqual(["billing", "late fees"]);
  });
});
