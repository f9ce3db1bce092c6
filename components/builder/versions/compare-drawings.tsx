"use client";
import { ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { WorkflowGraph } from "@/core/workflow/graph";
import type { DocumentChange } from "@/core/workflow/edit/document-changes";
import { ChangeList, changeKey } from "@/components/changes/change-list";
import { WorkflowDrawing } from "@/components/graph/workflow-drawing";
import { graphMarks, stepOfChange } from "./graph-marks";

interface CompareDrawingsProps {
  changes: readonly DocumentChange[];
  before: { title: string; graph: WorkflowGraph };
  after: { title: string; graph: WorkflowGraph };
}

/** Both drawings side by side; choosing a change shows its step in both, choosing a step shows its change in the list. */
export function CompareDrawings({ changes, before, after }: CompareDrawingsProps) {
  const [chosen, setChosen] = useState<DocumentChange | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const chooseStep = (nodeId: string) => {
    const change = changes.find(({ subject, id }) => subject === "step" && id === nodeId);
    if (!change) return;
    setChosen(change);
    list.current
      ?.querySelector(`[data-change="${CSS.escape(changeKey(change))}"]`)
      ?.scrollIntoView({ block: "nearest", behavior: "auto" });
  };
  return (
    <div className="grid gap-4 lg:grid-cols-[260px_minmax(0,1fr)_minmax(0,1fr)]">
      <div ref={list} className="max-h-[64dvh] overflow-y-auto max-lg:max-h-60">
        <ChangeList changes={changes} label="Changes, to find in the drawings" chosen={chosen} onChoose={setChosen} />
      </div>
      {[before, after].map(({ title, graph }) => (
        <section key={title} aria-label={title} className="min-w-0">
          <h3 className="mb-2 text-dense font-semibold">{title}</h3>
          <ReactFlowProvider>
            <MarkedDrawing title={title} graph={graph} changes={changes} chosen={chosen} onStep={chooseStep} />
          </ReactFlowProvider>
        </section>
      ))}
    </div>
  );
}

interface MarkedDrawingProps {
  title: string;
  graph: WorkflowGraph;
  changes: readonly DocumentChange[];
  chosen: DocumentChange | null;
  onStep: (nodeId: string) => void;
}

/** The provider around it gives us the drawing's camera. */
function MarkedDrawing({ title, graph, changes, chosen, onStep }: MarkedDrawingProps) {
  const camera = useReactFlow();
  const marks = useMemo(() => graphMarks(changes, graph), [changes, graph]);
  const step = chosen === null ? null : stepOfChange(chosen, graph);
  useEffect(() => {
    if (step === null) return;
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    void camera.fitView({ nodes: [{ id: step }], duration: still ? 0 : 180, maxZoom: 1, padding: 0.6 });
  }, [camera, step, chosen]);
  return (
    <WorkflowDrawing
      graph={graph}
      marks={marks}
      label={`Drawing of ${title}`}
      height="h-[60dvh] min-h-[360px]"
      onSelect={onStep}
    />
  );
}
