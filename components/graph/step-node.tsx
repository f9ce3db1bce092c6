"use client";
import { Handle, Position, type Node, type NodeProps } from "@xyflow/react";
import { clsx } from "clsx";
import type { WorkflowGraph } from "@/core/workflow/graph";
import { toneBar } from "@/components/ui/tone";
import { TypeTile } from "@/components/ui/type-tile";
import { markFaces, type NodeMark } from "./node-mark";
import type { NodeState } from "./node-state";
import { ResultLine } from "./result-line";

export type StepNodeType = Node<
  { card: WorkflowGraph["nodes"][number]; state: NodeState | null; mark: NodeMark | null },
  "step" | "container"
>;

/** 240 × 72: tile, title, one line. In a run the line is the result, and the bar at the left the status. */
export function StepNode({ data: { card, state, mark }, selected }: NodeProps<StepNodeType>) {
  const begun = state !== null && state.status !== "pending";
  return (
    <>
      <InvisibleHandles />
      <MarkChip mark={mark} />
      <div
        className={clsx(
          "relative flex h-[72px] w-[240px] items-center gap-3 overflow-hidden rounded-card border bg-surface px-3",
          mark !== null && markFaces[mark].border,
          selected ? "outline-2 outline-link" : "hover:border-ink-3",
          begun ? `before:absolute before:inset-y-0 before:left-0 before:w-[3px] ${toneBar[state.face.tone]}` : "",
        )}
      >
        <TypeTile icon={card.icon} color={card.color} muted={state?.status === "skipped"} />
        <div className="min-w-0 flex-1">
          <p className={clsx("truncate font-semibold", state?.status === "skipped" && "text-ink-3")}>{card.title}</p>
          {begun ? <ResultLine state={state} /> : <p className="truncate text-dense text-ink-2">{card.summary}</p>}
        </div>
      </div>
    </>
  );
}

/** A loop or parallel block: its body stands inside. */
export function ContainerNode({ data: { card, state, mark } }: NodeProps<StepNodeType>) {
  const begun = state !== null && state.status !== "pending";
  return (
    <div
      className={clsx(
        "relative h-full w-full rounded-card border bg-[color-mix(in_srgb,var(--surface)_55%,transparent)]",
        mark === null ? "border-dashed border-control" : markFaces[mark].border,
      )}
    >
      <InvisibleHandles />
      <MarkChip mark={mark} />
      <div className="flex h-12 items-center gap-2.5 px-3">
        <TypeTile icon={card.icon} color={card.color} />
        <div className="min-w-0">
          <p className="truncate font-semibold">{card.title}</p>
          {begun ? <ResultLine state={state} /> : <p className="truncate text-dense text-ink-2">{card.summary}</p>}
        </div>
      </div>
    </div>
  );
}

function MarkChip({ mark }: { mark: NodeMark | null }) {
  if (mark === null) return null;
  const { word, icon: Glyph, text } = markFaces[mark];
  return (
    <span
      className={clsx(
        "absolute -top-3 right-2 z-10 inline-flex h-6 items-center gap-1 rounded-chip px-1.5 text-label font-medium",
        text,
      )}
    >
      <Glyph size={12} strokeWidth={2.5} aria-hidden /> {word}
    </span>
  );
}

/** Edges need handles to hold on to; in a drawing nobody drags them. */
function InvisibleHandles() {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} className="!pointer-events-none !opacity-0" />
      <Handle
        type="source"
        position={Position.Bottom}
        isConnectable={false}
        className="!pointer-events-none !opacity-0"
      />
    </>
  );
}
