import { createStore } from "zustand";
import type { DraftState } from "@/core/contracts/draft";
import { applyOperations } from "@/core/workflow/edit/apply-operations";
import type { EditableDocument, Operation } from "@/core/workflow/edit/operation";
import { indexSpec } from "@/core/workflow/spec-index";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { TriggerDefinitions } from "@/core/workflow/trigger-definition";
import type { BuilderState, BuilderStore, SaveState } from "./builder-state";
import { readClipboard, writeClipboard } from "./clipboard";
import { createDraftSync, type DraftApi, type DraftSync } from "./draft-sync";
import { emptyStack, pushEdit, takeRedo, takeUndo, type Step } from "./undo-stack";
import type { UnsentStore } from "./unsent-store";

export interface BuilderStoreOptions {
  initial: DraftState;
  api: DraftApi;
  definitions: StepDefinitions;
  triggerDefinitions: TriggerDefinitions;
  unsent: UnsentStore;
  clientId: string;
  now?: () => number;
  newId?: () => string;
}

/** The state of one open workflow. `sync` is for whoever hears of other people's edits. */
export function createBuilderStore(options: BuilderStoreOptions): { store: BuilderStore; sync: DraftSync } {
  const { initial, definitions, triggerDefinitions, now = Date.now, newId = () => crypto.randomUUID() } = options;
  let stack = emptyStack;
  const store = createStore<BuilderState>()((set, get) => {
    /** Does what can be done, shows it, saves it. Gives what takes it back; null when nothing could be done. */
    const perform = (operations: readonly Operation[]): readonly Operation[] | null => {
      const { document, readOnly } = get();
      if (readOnly || operations.length === 0) return null;
      const result = applyOperations(document, operations, definitions, triggerDefinitions);
      const refused = new Set(result.refused.map(({ index }) => index));
      const done = operations.filter((_, index) => !refused.has(index));
      const [problem] = result.refused;
      if (problem && done.length === 0) set({ announcement: problem.reason });
      if (done.length === 0 || result.document === document) return null;
      set({ document: result.document });
      sync.push(done);
      return result.inverse;
    };
    const moved = (announcement: string): void => {
      set({ announcement, canUndo: stack.past.length > 0, canRedo: stack.future.length > 0 });
    };
    const walk = (found: Step | null, words: string): void => {
      if (!found) return;
      stack = found.after(perform(found.entry.operations) ?? []);
      moved(words);
    };
    return {
      slug: initial.slug,
      workflow: factsOf(initial),
      document: initial.document,
      readOnly: !initial.mayEdit,
      selectedNodes: new Set(),
      selectedEdges: new Set(),
      save: { kind: "saved", at: initial.updatedAt },
      issues: [],
      people: [],
      panel: null,
      focusField: null,
      sampleRun: null,
      canUndo: false,
      canRedo: false,
      announcement: "",
      apply(operations, { say, merge } = {}) {
        const inverse = perform(operations);
        if (!inverse) return;
        stack = pushEdit(stack, inverse, merge ?? null, now());
        moved(say ?? get().announcement);
      },
      undo: () => walk(takeUndo(stack), "Undone"),
      redo: () => walk(takeRedo(stack), "Done again"),
      select: (nodeIds, edgeIds = []) => set({ selectedNodes: new Set(nodeIds), selectedEdges: new Set(edgeIds) }),
      openStep: (nodeId, field) =>
        set({ selectedNodes: new Set([nodeId]), selectedEdges: new Set(), panel: "step", focusField: field ?? null }),
      openPanel: (panel) => set({ panel }),
      setFocusField: (focusField) => set({ focusField }),
      setSampleRun: (sampleRun) => set({ sampleRun }),
      copy: writeClipboard,
      readClipboard,
      flush: () => sync.flush(),
      reload: () => sync.reload(),
    };
  });
  const sync: DraftSync = createDraftSync(initial, {
    ...options,
    now,
    newId,
    onDocument: (document) => store.setState({ document, ...stillThere(store.getState(), document, definitions) }),
    onSave: (save: SaveState) => store.setState({ save }),
    onDraft: () => {
      const { workflow } = store.getState();
      if (!workflow.hasDraft) store.setState({ workflow: { ...workflow, hasDraft: true } });
    },
    onState: (state) => store.setState({ workflow: factsOf(state), readOnly: !state.mayEdit }),
    onRefused: (reasons) =>
      store.setState({
        announcement: `Somebody changed the same thing: ${reasons[0] ?? "your last edit was left out"}`,
      }),
  });
  return { store, sync };
}

function factsOf({ document: _document, ...facts }: DraftState): BuilderState["workflow"] {
  return facts;
}

/** The selection without what somebody else removed. */
function stillThere(
  { selectedNodes }: BuilderState,
  document: EditableDocument,
  definitions: StepDefinitions,
): Pick<BuilderState, "selectedNodes"> {
  if (selectedNodes.size === 0) return { selectedNodes };
  const { nodes } = indexSpec(document.spec, definitions);
  const kept = [...selectedNodes].filter((id) => nodes.has(id));
  return { selectedNodes: kept.length === selectedNodes.size ? selectedNodes : new Set(kept) };
}
