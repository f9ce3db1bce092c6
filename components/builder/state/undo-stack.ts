import type { Operation } from "@/core/workflow/edit/operation";

/** One step back (or forward): the operations that take it, in order. */
export interface UndoEntry {
  operations: readonly Operation[];
  /** Edits with the same key that follow soon are one entry. */
  merge: string | null;
  at: number;
}

export interface UndoStack {
  past: readonly UndoEntry[];
  future: readonly UndoEntry[];
}

export const emptyStack: UndoStack = { past: [], future: [] };

const maxEntries = 500;
/** Edits further apart than this are separate steps back. */
const mergeMs = 1_000;

/** After an edit: what takes it back goes on top, joined with the entry below where they are one act; nothing can be redone any more. */
export function pushEdit(stack: UndoStack, inverse: readonly Operation[], merge: string | null, at: number): UndoStack {
  const top = stack.past.at(-1);
  if (top && merge !== null && top.merge === merge && at - top.at < mergeMs)
    return {
      past: [...stack.past.slice(0, -1), { operations: [...inverse, ...top.operations], merge, at }],
      future: [],
    };
  return { past: [...stack.past, { operations: inverse, merge, at }].slice(-maxEntries), future: [] };
}

export interface Step {
  entry: UndoEntry;
  /** The stack once it is known what takes the step back again; nothing, when the step meant nothing any more. */
  after(inverse: readonly Operation[]): UndoStack;
}

/** What to do for one step back. Null: nothing to undo. */
export function takeUndo(stack: UndoStack): Step | null {
  const entry = stack.past.at(-1);
  if (!entry) return null;
  return {
    entry,
    after: (inverse) => ({
      past: stack.past.slice(0, -1),
      future: withEntry(stack.future, inverse, entry.at),
    }),
  };
}

/** The same, one step forward. */
export function takeRedo(stack: UndoStack): Step | null {
  const entry = stack.future.at(-1);
  if (!entry) return null;
  return {
    entry,
    after: (inverse) => ({
      past: withEntry(stack.past, inverse, entry.at),
      future: stack.future.slice(0, -1),
    }),
  };
}

function withEntry(entries: readonly UndoEntry[], operations: readonly Operation[], at: number): readonly UndoEntry[] {
  return operations.length === 0 ? entries : [...entries, { operations, merge: null, at }];
}
