"use client";
import { Handle, Position, type Node, type NodeProps } from "@xyflow/react";
import { clsx } from "clsx";
import type { WorkflowGraph } from "@/core/contracts/run";
import { assigneeWords } from "@/components/runs/step-face";
import { useClock } from "@/components/ui/clock";
import { clockWords } from "@/components/ui/time-words";
import { toneBar, toneText } from "@/components/ui/tone";
import { TypeTile } from "@/components/ui/type-tile";
import type { NodeState } from "./node-state";

export type StepNodeType = Node<
  { card: WorkflowGraph["nodes"][number]; state: NodeState | null },
  "step" | "container"
>;

/** 240 × 72: tile, title, one line. In a run the line is the result, and the bar at the left the status. */
export function StepNode({ data: { card, state }, selected }: NodeProps<StepNodeType>) {
  const begun = state !== null && state.status !== "pending";
  return (
    <div
      className={clsx(
        "relative flex h-[72px] w-[240px] items-center gap-3 overflow-hidden rounded-card border bg-surface px-3",
        selected ? "outline-2 outline-link" : "hover:border-ink-3",
        begun ? `before:absolute before:inset-y-0 before:left-0 before:w-[3px] ${toneBar[state.face.tone]}` : "",
      )}
    >
      <InvisibleHandles />
      <TypeTile icon={card.icon} color={card.color} muted={state?.status === "skipped"} />
      <div className="min-w-0 flex-1">
        <p className={clsx("truncate font-semibold", state?.status === "skipped" && "text-ink-3")}>{card.title}</p>
        {begun ? <ResultLine state={state} /> : <p className="truncate text-dense text-ink-2">{card.summary}</p>}
      </div>
    </div>
  );
}

/** A loop or parallel block: its body stands inside. */
export function ContainerNode({ data: { card, state } }: NodeProps<StepNodeType>) {
  const begun = state !== null && state.status !== "pending";
  return (
    <div className="relative h-full w-full rounded-card border border-dashed border-control bg-[color-mix(in_srgb,var(--surface)_55%,transparent)]">
      <InvisibleHandles />
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

function ResultLine({ state }: { state: NodeState }) {
  const now = useClock();
  const { waiting, face } = state;
  const line =
    waiting && waiting.for.length > 0
      ? `${waiting.for.map(assigneeWords).join(", ")} · since ${clockWords(Date.parse(waiting.since), now)}`
      : state.line;
  return (
    <p className={clsx("flex items-center gap-1.5 text-dense", toneText[face.tone])}>
      <face.icon size={13} aria-hidden className={clsx("shrink-0", face.spin && "animate-turn")} />
      <span className="truncate">{line}</span>
      {state.duration !== null && <span className="figures ml-auto shrink-0 text-ink-3">{state.duration}</span>}
    </p>
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
