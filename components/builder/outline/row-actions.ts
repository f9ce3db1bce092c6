import type { KeyboardEvent } from "react";
import type { OutlineRow } from "./outline-rows";

/** What can be done from a line of the outline. */
export interface RowActions {
  onKeyDown(row: OutlineRow, event: KeyboardEvent): void;
  onFocus(row: OutlineRow): void;
  onActivate(row: OutlineRow): void;
  onToggle(row: OutlineRow): void;
  onAdd(row: OutlineRow, element: HTMLElement): void;
  onMenu(row: OutlineRow, element: HTMLElement): void;
  onRemove(row: OutlineRow): void;
  onConnect(row: OutlineRow, to: string): void;
  /** Where an empty branch may lead; asked for when its list opens. */
  targets(row: OutlineRow): { id: string; title: string }[];
}
