import type { OutlineItem } from "./outline-tree";

/** A visible line of the outline with its place in the tree. */
export interface OutlineRow {
  item: OutlineItem;
  level: number;
  /** Null: nothing to fold. */
  open: boolean | null;
  parent: string | null;
  position: number;
  siblings: number;
}

/** The lines from top to bottom, without what is folded away. */
export function outlineRows(items: readonly OutlineItem[], folded: ReadonlySet<string>): OutlineRow[] {
  const rows: OutlineRow[] = [];
  const add = (list: readonly OutlineItem[], level: number, parent: string | null): void => {
    list.forEach((item, index) => {
      const open = item.children.length === 0 ? null : !folded.has(item.key);
      rows.push({ item, level, open, parent, position: index + 1, siblings: list.length });
      if (open === true) add(item.children, level + 1, item.key);
    });
  };
  add(items, 1, null);
  return rows;
}

export type TreeMove = { focus: string } | { fold: string } | { unfold: string } | null;

/** What a key does in a tree: up and down the lines, right unfolds or enters, left folds or leaves. */
export function treeMove(rows: readonly OutlineRow[], current: string | null, key: string): TreeMove {
  const at = Math.max(
    0,
    rows.findIndex(({ item }) => item.key === current),
  );
  const row = rows[at];
  if (!row) return null;
  const focus = (index: number): TreeMove => {
    const found = rows[Math.max(0, Math.min(rows.length - 1, index))];
    return found ? { focus: found.item.key } : null;
  };
  if (key === "ArrowDown") return focus(at + 1);
  if (key === "ArrowUp") return focus(at - 1);
  if (key === "Home") return focus(0);
  if (key === "End") return focus(rows.length - 1);
  if (key === "ArrowRight") {
    if (row.open === false) return { unfold: row.item.key };
    return row.open === true ? focus(at + 1) : null;
  }
  if (key === "ArrowLeft") {
    if (row.open === true) return { fold: row.item.key };
    return row.parent === null ? null : { focus: row.parent };
  }
  return null;
}
