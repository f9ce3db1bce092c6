/** What can be done on the canvas and in the outline, by key, button or menu. */
export type CanvasCommand =
  | "add"
  | "open"
  | "copy"
  | "cut"
  | "paste"
  | "duplicate"
  | "disable"
  | "delete"
  | "selectAll"
  | "deselect"
  | "undo"
  | "redo"
  | "up"
  | "down"
  | "left"
  | "right"
  | "nudgeUp"
  | "nudgeDown"
  | "nudgeLeft"
  | "nudgeRight"
  | "search"
  | "fit"
  | "zoomIn"
  | "zoomOut"
  | "layout"
  | "menu"
  | "keys";

export interface CanvasKey {
  command: CanvasCommand;
  /** As people read it. */
  keys: string;
  label: string;
  group: "Steps" | "Selection" | "View" | "Edits";
  /** Only for those who may edit. */
  edits: boolean;
  /** `KeyboardEvent.key` in lower case, with `ctrl+` and `shift+` before it. */
  chords: readonly string[];
}

const row = (
  group: CanvasKey["group"],
  command: CanvasCommand,
  keys: string,
  label: string,
  edits: boolean,
  ...chords: string[]
): CanvasKey => ({ group, command, keys, label, edits, chords });

export const canvasKeys: readonly CanvasKey[] = [
  row("Steps", "add", "A", "Add a step after the selected one", true, "a"),
  row("Steps", "open", "Enter", "Open the step's panel", false, "enter"),
  row("Steps", "duplicate", "Ctrl D", "Duplicate", true, "ctrl+d"),
  row("Steps", "disable", "Ctrl E", "Turn off or on", true, "ctrl+e"),
  row("Steps", "delete", "Del", "Delete", true, "delete", "backspace"),
  row("Steps", "menu", "Shift F10", "All actions for the selection", false, "shift+f10", "contextmenu"),
  row("Edits", "copy", "Ctrl C", "Copy", false, "ctrl+c"),
  row("Edits", "cut", "Ctrl X", "Cut", true, "ctrl+x"),
  row("Edits", "paste", "Ctrl V", "Paste, also from another workflow", true, "ctrl+v"),
  row("Edits", "undo", "Ctrl Z", "Undo", true, "ctrl+z"),
  row("Edits", "redo", "Ctrl Shift Z", "Redo", true, "ctrl+shift+z", "ctrl+y"),
  row("Selection", "down", "↓", "Next step", false, "arrowdown"),
  row("Selection", "up", "↑", "Step before", false, "arrowup"),
  row("Selection", "right", "→", "Next branch; into a loop", false, "arrowright"),
  row("Selection", "left", "←", "Branch before", false, "arrowleft"),
  row("Selection", "nudgeDown", "Shift ↓", "Move the step down", true, "shift+arrowdown"),
  row("Selection", "nudgeUp", "Shift ↑", "Move the step up", true, "shift+arrowup"),
  row("Selection", "nudgeRight", "Shift →", "Move the step right", true, "shift+arrowright"),
  row("Selection", "nudgeLeft", "Shift ←", "Move the step left", true, "shift+arrowleft"),
  row("Selection", "selectAll", "Ctrl A", "Select everything", false, "ctrl+a"),
  row("Selection", "deselect", "Esc", "Select nothing", false, "escape"),
  row("View", "search", "/ or Ctrl F", "Find a step", false, "/", "ctrl+f"),
  row("View", "fit", "F", "Show the whole workflow", false, "f"),
  row("View", "zoomIn", "+", "Zoom in", false, "+", "=", "shift++"),
  row("View", "zoomOut", "-", "Zoom out", false, "-"),
  row("View", "layout", "L", "Tidy up the layout", true, "l"),
  row("View", "keys", "?", "This list", false, "?", "shift+?"),
];

const byChord = new Map(canvasKeys.flatMap((key) => key.chords.map((chord) => [chord, key] as const)));

/** The command of a key press; null for any other key, and for edits by those who may only look. */
export function commandOf(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">,
  readOnly: boolean,
): CanvasCommand | null {
  if (event.altKey) return null;
  const ctrl = event.ctrlKey || event.metaKey ? "ctrl+" : "";
  const shift = event.shiftKey ? "shift+" : "";
  const found = byChord.get(`${ctrl}${shift}${event.key.toLowerCase()}`);
  return !found || (found.edits && readOnly) ? null : found.command;
}
