import { useState } from "react";
import type { InboxItem } from "@/core/contracts/inbox";
import {
  allAlike,
  extendedTo,
  mayJoin,
  nothingSelected,
  selectedOf,
  toggled,
  type SelectableItem,
  type Selection,
} from "./selection";
import type { Selecting } from "./select-box";

export interface InboxSelection {
  /** In the order of the list. */
  items: SelectableItem[];
  /** How many of those that are shown are like them, themselves included. */
  alike: number;
  /** For the box of a card; null where it has none. */
  of: (item: InboxItem) => Selecting | null;
  toggle: (id: string) => void;
  /** Takes everything alike from where the range began, or `from`, up to this one. */
  extend: (id: string, from: string | null) => void;
  selectAlike: () => void;
  keep: (ids: readonly string[]) => void;
}

/** Which approvals of the list are to be decided together. */
export function useSelection(items: readonly InboxItem[]): InboxSelection {
  const [selection, setSelection] = useState<Selection>(nothingSelected);
  const selected = selectedOf(selection, items);
  // What was selected and is gone holds nothing back.
  const current: Selection = { ids: selected.map(({ id }) => id), anchor: selection.anchor };
  const alike = allAlike(current, items);
  return {
    items: selected,
    alike: alike.length,
    of: (item) =>
      mayJoin(current, items, item)
        ? {
            checked: current.ids.includes(item.id),
            active: selected.length > 0,
            onToggle: ({ range }) =>
              setSelection(range ? extendedTo(current, items, item.id) : toggled(current, items, item.id)),
          }
        : null,
    toggle: (id) => setSelection(toggled(current, items, id)),
    extend: (id, from) => setSelection(extendedTo(current, items, id, from)),
    selectAlike: () => setSelection({ ids: alike, anchor: current.anchor }),
    keep: (ids) => setSelection({ ids, anchor: null }),
  };
}
