"use client";
import { useCanvasActions } from "@/components/builder/canvas/canvas-actions";
import type { CanvasGraph } from "@/components/builder/canvas/canvas-graph";
import { legalTargets } from "@/components/builder/canvas/connect-rules";
import { controlClass } from "@/components/ui/control-class";

/** Leads a branch that ends nowhere to a step that is there already. */
export function BranchTarget(props: { graph: CanvasGraph; from: string; handle: string; label: string }) {
  const { graph, from, handle, label } = props;
  const actions = useCanvasActions();
  const targets = legalTargets(graph, from, handle);
  if (targets.length === 0) return null;
  return (
    <select
      aria-label={`Where ${label} leads`}
      value=""
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
      onChange={(event) => {
        if (event.target.value !== "") actions.connect(from, handle, event.target.value);
      }}
      className={`${controlClass} h-8 w-36! text-dense! max-md:h-11`}
    >
      <option value="">Connect to…</option>
      {targets.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </select>
  );
}
