import type { WorkflowListItem } from "@/core/contracts/workflow";

/** What the list shows. `folder` null: every folder; "": only what lies in none. */
export interface WorkflowFilter {
  q: string;
  folder: string | null;
  tag: string | null;
  status: WorkflowListItem["status"] | null;
}

export interface FolderEntry {
  /** Whole path, e.g. "Finance/Invoices". */
  path: string;
  name: string;
  /** 0 at the top. */
  depth: number;
  /** Workflows in it and below it. */
  count: number;
}

export function filterWorkflows(
  items: readonly WorkflowListItem[],
  { q, folder, tag, status }: WorkflowFilter,
): WorkflowListItem[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    const text = [item.name, item.slug, item.description, item.folder, item.owner.name, ...item.tags]
      .join(" ")
      .toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (folder === null || isIn(item.folder, folder)) &&
      (tag === null || item.tags.includes(tag)) &&
      (status === null || item.status === status)
    );
  });
}

/** Folders in alphabetical order, each below the one around it; folders that only hold folders are there too. */
export function folderTree(items: readonly Pick<WorkflowListItem, "folder">[]): FolderEntry[] {
  const paths = new Set(items.flatMap(({ folder }) => pathsTo(folder)));
  return [...paths]
    .sort((a, b) => compareParts(a.split("/"), b.split("/")))
    .map((path) => ({
      path,
      name: path.split("/").at(-1) ?? path,
      depth: path.split("/").length - 1,
      count: items.filter(({ folder }) => isIn(folder, path)).length,
    }));
}

/** Every tag with how many workflows carry it, most used first. */
export function tagCounts(items: readonly Pick<WorkflowListItem, "tags">[]): { tag: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { tags } of items) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .sort((a, b) => b.count - a.count || a.tag.localeCompare(b.tag));
}

/** "billing, Customers" -> ["billing", "customers"] */
export function readTags(text: string): string[] {
  return [
    ...new Set(
      text
        .split(",")
        .map((tag) => tag.trim().toLowerCase())
        .filter((tag) => tag !== ""),
    ),
  ];
}

function isIn(folder: string, path: string): boolean {
  return path === "" ? folder === "" : folder === path || folder.startsWith(`${path}/`);
}

function pathsTo(folder: string): string[] {
  if (folder === "") return [];
  const parts = folder.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

function compareParts(a: string[], b: string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const order = (a[index] ?? "").localeCompare(b[index] ?? "");
    if (order !== 0) return order;
  }
  return 0;
}
