import type { LooseNode } from "./loose-json";

export type JsonPath = readonly (string | number)[];

/** Where the cursor stands, and what a completion would replace. */
export interface CursorPlace {
  kind: "key" | "value";
  /** Of the object (for a key) or of the value. */
  path: JsonPath;
  from: number;
  to: number;
  /** Of a key: a colon follows already. */
  hasColon: boolean;
  /** What stands around it, outermost first; the last one holds the cursor. */
  around: readonly LooseNode[];
}

export function cursorPlace(
  root: LooseNode | null,
  at: number,
  path: JsonPath = [],
  around: readonly LooseNode[] = [],
): CursorPlace {
  if (!root || root.kind === "scalar" || !isInside(root, at))
    return value(path, around, root && at >= root.from && at <= root.to ? root : null, at);
  const here = [...around, root];
  return root.kind === "object" ? inObject(root, at, path, here) : inArray(root, at, path, here);
}

function inObject(node: LooseNode, at: number, path: JsonPath, around: readonly LooseNode[]): CursorPlace {
  for (const [index, entry] of node.entries.entries()) {
    if (at >= entry.keyFrom && at <= entry.keyTo)
      return { kind: "key", path, from: entry.keyFrom, to: entry.keyTo, hasColon: entry.afterColon !== null, around };
    if (entry.afterColon === null || at < entry.afterColon) continue;
    const end = entry.value?.to ?? (node.entries[index + 1]?.keyFrom ?? node.to) - 1;
    if (at <= end || (entry.value === null && index === node.entries.length - 1))
      return entry.value
        ? cursorPlace(entry.value, at, [...path, entry.key], around)
        : value([...path, entry.key], around, null, at);
  }
  return { kind: "key", path, from: at, to: at, hasColon: false, around };
}

function inArray(node: LooseNode, at: number, path: JsonPath, around: readonly LooseNode[]): CursorPlace {
  const index = node.items.findIndex((item) => at >= item.from && at <= item.to);
  const item = node.items[index];
  if (item) return cursorPlace(item, at, [...path, index], around);
  const before = node.items.filter(({ to }) => to <= at).length;
  return value([...path, before], around, null, at);
}

function value(path: JsonPath, around: readonly LooseNode[], node: LooseNode | null, at: number): CursorPlace {
  const isScalar = node?.kind === "scalar";
  return {
    kind: "value",
    path,
    from: isScalar ? node.from : at,
    to: isScalar ? node.to : at,
    hasColon: false,
    around,
  };
}

/** Between the brackets. */
function isInside(node: LooseNode, at: number): boolean {
  return at > node.from && (node.open ? at <= node.to : at < node.to);
}
