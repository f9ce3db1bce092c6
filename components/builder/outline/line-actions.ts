import type { RowActions } from "./row-actions";

/** One set of actions for all lines that never changes, and does what the newest drawing would do. */
export function createLineActions(): { actions: RowActions; use(newest: RowActions): void } {
  let newest: RowActions | null = null;
  return {
    use(actions) {
      newest = actions;
    },
    actions: {
      onKeyDown: (row, event) => newest?.onKeyDown(row, event),
      onFocus: (row) => newest?.onFocus(row),
      onActivate: (row) => newest?.onActivate(row),
      onToggle: (row) => newest?.onToggle(row),
      onAdd: (row, element) => newest?.onAdd(row, element),
      onMenu: (row, element) => newest?.onMenu(row, element),
      onRemove: (row) => newest?.onRemove(row),
      onConnect: (row, to) => newest?.onConnect(row, to),
      targets: (row) => newest?.targets(row) ?? [],
    },
  };
}
