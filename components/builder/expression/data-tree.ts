import type { Json } from "@/core/json";
import type { Completion } from "@/core/workflow/completion";

/** A value that can be picked, with the values inside it. */
export interface DataEntry {
  /** What is put at the cursor. */
  path: string;
  /** The last part of the path. */
  name: string;
  sample?: Json;
  children: DataEntry[];
}

export interface DataGroup {
  title: string;
  entries: DataEntry[];
}

/** Input, earlier steps and the rest as groups of trees, in the order in which the names are known. */
export function dataTree(known: readonly Completion[], stepTitle: (id: string) => string): DataGroup[] {
  const groups = new Map<string, { group: DataGroup; byPath: Map<string, DataEntry> }>();
  for (const name of known) {
    if (name.kind === "function") continue;
    const { title, root } = groupOf(name.insert, stepTitle);
    const { group, byPath } = groups.get(title) ?? {
      group: { title, entries: [] },
      byPath: new Map<string, DataEntry>(),
    };
    groups.set(title, { group, byPath });
    const parent = parentOf(name.insert, byPath);
    const entry: DataEntry = {
      path: name.insert,
      name: lastPart(name.insert, parent?.path ?? root),
      children: [],
      ...(name.sample === undefined ? {} : { sample: name.sample }),
    };
    if (byPath.has(name.insert)) continue;
    byPath.set(name.insert, entry);
    (parent?.children ?? group.entries).push(entry);
  }
  return [...groups.values()].map(({ group }) => group);
}

/** The groups with only what matches the words, as flat lists: the first entry is the first match. */
export function searchTree(groups: readonly DataGroup[], query: string): DataGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...groups];
  return groups.flatMap(({ title, entries }) => {
    const found = entries.flatMap((entry) => matching(entry, title, words));
    return found.length === 0 ? [] : [{ title, entries: found }];
  });
}

function matching(entry: DataEntry, title: string, words: readonly string[]): DataEntry[] {
  const text = `${title} ${entry.path} ${typeof entry.sample === "string" ? entry.sample : ""}`.toLowerCase();
  if (words.every((word) => text.includes(word))) return [entry];
  return entry.children.flatMap((child) =>
    matching(child, title, words).map((found) => ({ ...found, name: `${entry.name}.${found.name}` })),
  );
}

const otherTitles: Readonly<Record<string, string>> = {
  input: "Input",
  trigger: "Input as it arrived",
  vars: "Variables",
  run: "This run",
  contact: "Customer",
  conversation: "Conversation",
  env: "Time",
};

function groupOf(path: string, stepTitle: (id: string) => string): { title: string; root: string } {
  const step = /^step\.(\w+)/.exec(path);
  if (step?.[1] !== undefined) return { title: stepTitle(step[1]), root: `step.${step[1]}` };
  const root = /^\w+/.exec(path)?.[0] ?? path;
  return { title: otherTitles[root] ?? "Current item", root };
}

/** The longest known path that this one continues. */
function parentOf(path: string, byPath: ReadonlyMap<string, DataEntry>): DataEntry | undefined {
  for (let end = path.length - 1; end > 0; end -= 1) {
    if (path[end] !== "." && path[end] !== "[") continue;
    const parent = byPath.get(path.slice(0, end));
    if (parent) return parent;
  }
  return undefined;
}

function lastPart(path: string, root: string): string {
  const rest = path.startsWith(root) ? path.slice(root.length) : path;
  return rest.replace(/^\./, "") || path;
}
