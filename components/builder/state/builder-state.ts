import type { StoreApi } from "zustand";
import type { DraftPerson, DraftState } from "@/core/contracts/draft";
import type { RunStep } from "@/core/contracts/run";
import type { Issue } from "@/core/workflow/document";
import type { EditableDocument, Fragment, Operation } from "@/core/workflow/edit/operation";

/**
 * Saved: the server has everything. Waiting, signed out, not allowed any more: edits are kept in this browser, and saved when the
 * network is back, somebody signed in, or the role allows it. Failed: the server will never take the last edit.
 */
export type SaveState =
  | { kind: "saved"; at: string }
  | { kind: "saving" }
  | { kind: "waiting" }
  | { kind: "signed_out" }
  | { kind: "not_allowed" }
  | { kind: "failed"; message: string };

export type PanelName = "step" | "test" | "problems" | "triggers";

/** What the last run (a test, or the one that was chosen) gave, by step id: shown on cards, in fields, in the data picker. */
export interface SampleRun {
  runId: string;
  test: boolean;
  /** Input of the run. */
  input: Record<string, unknown>;
  steps: readonly RunStep[];
}

/** Everything the open builder knows. One store per open workflow; read it with `useBuilder(selector)`. */
export interface BuilderState {
  slug: string;
  workflow: Omit<DraftState, "document">;
  /** As it stands with this browser's edits, saved or not. Unchanged parts stay the same objects. */
  document: EditableDocument;
  readOnly: boolean;
  selectedNodes: ReadonlySet<string>;
  /** `from:case:to` */
  selectedEdges: ReadonlySet<string>;
  save: SaveState;
  /** Of the document as it stands, by the rules of core and what the organization has; a moment behind the edits. */
  issues: readonly Issue[];
  people: readonly DraftPerson[];
  panel: PanelName | null;
  /** Field of the selected step that should get the focus, as a path in the step; cleared by the panel. */
  focusField: string | null;
  sampleRun: SampleRun | null;
  canUndo: boolean;
  canRedo: boolean;
  /** Said once to screen readers and in the corner: "3 steps deleted". */
  announcement: string;

  /**
   * Does the operations at once and saves them soon. `merge`: edits with the same key that follow within a second are undone
   * together (typing in one field, dragging).
   */
  apply(operations: Operation[], options?: { say?: string; merge?: string }): void;
  undo(): void;
  redo(): void;
  select(nodeIds: Iterable<string>, edgeIds?: Iterable<string>): void;
  /** Selects a step, opens its panel and, when given, moves the focus to a field. */
  openStep(nodeId: string, field?: string): void;
  openPanel(panel: PanelName | null): void;
  setFocusField(field: string | null): void;
  setSampleRun(run: SampleRun | null): void;
  copy(fragment: Fragment): void;
  /** What was copied, in any workflow of this browser. */
  readClipboard(): Promise<Fragment | null>;
  /** Resolves when the server has every edit: before tests and publishing. */
  flush(): Promise<void>;
  /** Takes over what the server answers, e.g. after a publish. */
  reload(): Promise<void>;
}

export type BuilderStore = StoreApi<BuilderState>;
