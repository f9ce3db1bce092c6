"use client";
import dynamic from "next/dynamic";
import { useEffect, useState, type ReactNode } from "react";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import { loadLater } from "@/components/ui/load-later";
import { FloatingPalette } from "./floating-palette";
import { CanvasActionsContext, createCanvasActions } from "./canvas-actions";
import { CanvasMenu } from "./canvas-menu";
import { CanvasNotice } from "./canvas-notice";
import { CanvasToolbar } from "./canvas-toolbar";
import { CanvasUiContext, createCanvasUi } from "./canvas-ui";
import { KeysDialog } from "./keys-dialog";
import { StepSearch } from "./step-search";
import { useCanvasKeys } from "./use-canvas-keys";
import { useViewChoice } from "./view-choice";

/** Loaded apart from the page: it needs a browser to measure in. */
const CanvasFlow = dynamic(() => loadLater(() => import("./canvas-flow")).then((module) => module.CanvasFlow), {
  ssr: false,
  loading: () => <div role="status" aria-label="Loading the canvas" className="h-full bg-sunken" />,
});

/** Where a workflow is built: as a drawing, or as an outline of the same steps. Reads and edits the open builder. */
export function Canvas({ outline }: { outline: ReactNode }) {
  const store = useBuilderStore();
  const [ui] = useState(createCanvasUi);
  const [actions] = useState(() => createCanvasActions(store, ui));
  const [view, setView] = useViewChoice();
  useCanvasKeys("canvas-area", actions);
  useEffect(
    () =>
      store.subscribe((state, before) => {
        // Somebody else, or an undo, took away what was selected.
        if (state.document.spec === before.document.spec) return;
        const { edges, steps } = actions.graph();
        const nodesLeft = [...state.selectedNodes].filter((id) => steps.has(id));
        const edgesLeft = [...state.selectedEdges].filter((id) => edges.has(id));
        if (nodesLeft.length < state.selectedNodes.size || edgesLeft.length < state.selectedEdges.size)
          state.select(nodesLeft, edgesLeft);
      }),
    [store, actions],
  );
  return (
    <CanvasUiContext value={ui}>
      <CanvasActionsContext value={actions}>
        <div id="canvas-area" tabIndex={-1} className="relative flex h-full min-h-0 flex-col bg-sunken outline-none">
          <CanvasToolbar view={view} onView={setView} />
          <div className="min-h-0 flex-1">{view === "canvas" ? <CanvasFlow /> : outline}</div>
          <StepSearch />
          <CanvasNotice />
        </div>
        <FloatingPalette />
        <CanvasMenu />
        <KeysDialog />
      </CanvasActionsContext>
    </CanvasUiContext>
  );
}
