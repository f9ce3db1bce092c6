import { mostDecidedAtOnce } from "@/core/contracts/decisions";
import type { InboxItem } from "@/core/contracts/inbox";

export type SelectableItem = Extract<InboxItem, { kind: "approval" }>;

/** What is selected, by id, in the order of the list; and where a range begins. */
export interface Selection {
  ids: readonly string[];
  anchor: string | null;
}

export const nothingSelected: Selection = { ids: [], anchor: null };

/** Whether the person looking may decide it together with others. */
export function isSelectable(item: InboxItem): item is SelectableItem {
  return item.kind === "approval" && item.canDecide;
}

/** The same question of the same workflow, decided in the same way: they can be decided in one go. */
export function isAlike(one: SelectableItem, other: SelectableItem): boolean {
  return likeness(one) === likeness(other);
}

function likeness({ workflow, nodeId, quorum, commentRequiredOn, test }: SelectableItem): string {
  return JSON.stringify([workflow.id, nodeId, quorum.mode, [...commentRequiredOn].sort(), test]);
}

/** Those of the list that are selected; what left it, or cannot be decided any more, is not. */
export function selectedOf({ ids }: Selection, items: readonly InboxItem[]): SelectableItem[] {
  return items.filter(isSelectable).filter(({ id }) => ids.includes(id));
}

/** Whether it can be selected beside what is. */
export function mayJoin(selection: Selection, items: readonly InboxItem[], item: InboxItem): item is SelectableItem {
  if (!isSelectable(item)) return false;
  const [first] = selectedOf(selection, items);
  return first === undefined || isAlike(first, item);
}

/** Selects it, or not any more. What is not alike stays out. */
export function toggled(selection: Selection, items: readonly InboxItem[], id: string): Selection {
  if (selection.ids.includes(id))
    return {
      ids: selection.ids.filter((each) => each !== id),
      anchor: selection.anchor === id ? null : selection.anchor,
    };
  const item = items.find((each) => each.id === id);
  if (item === undefined || !mayJoin(selection, items, item)) return selection;
  return limited(selection, items, [...selection.ids, id], id);
}

/** From where the range begins up to here, whatever is alike. `from`: where it begins, if nothing is selected yet. */
export function extendedTo(
  selection: Selection,
  items: readonly InboxItem[],
  id: string,
  from: string | null = null,
): Selection {
  const anchor = selection.anchor ?? from ?? id;
  const [start, end] = [anchor, id].map((each) => items.findIndex((item) => item.id === each));
  if (start === undefined || end === undefined || start < 0 || end < 0) return toggled(selection, items, id);
  const begin = items[start];
  const range = items.slice(Math.min(start, end), Math.max(start, end) + 1);
  const [first] = selectedOf(selection, items);
  const like = first ?? (begin !== undefined && isSelectable(begin) ? begin : range.find(isSelectable));
  if (like === undefined) return selection;
  const joining = range.filter(isSelectable).filter((item) => isAlike(like, item));
  return limited(selection, items, [...selection.ids, ...joining.map((item) => item.id)], anchor);
}

/** Everything that is shown and like what is selected. */
export function allAlike(selection: Selection, items: readonly InboxItem[]): string[] {
  const [first] = selectedOf(selection, items);
  if (first === undefined) return [];
  return items
    .filter(isSelectable)
    .filter((item) => isAlike(first, item))
    .map(({ id }) => id)
    .slice(0, mostDecidedAtOnce);
}

/** No more than are decided at once. */
function limited(selection: Selection, items: readonly InboxItem[], ids: readonly string[], anchor: string): Selection {
  const shown = items.filter((item) => ids.includes(item.id)).map(({ id }) => id);
  return shown.length > mostDecidedAtOnce && shown.length > selection.ids.length
    ? { ids: shown.slice(0, mostDecidedAtOnce), anchor }
    : { ids: shown, anchor };
}
