"use client";
import type { NodeProps } from "@xyflow/react";
import { clsx } from "clsx";
import { Plus } from "lucide-react";
import { memo } from "react";
import { ResultLine } from "@/components/graph/result-line";
import { toneBar } from "@/components/ui/tone";
import { TypeTile } from "@/components/ui/type-tile";
import { useCanvasActions } from "./canvas-actions";
import type { CardData, CardNode } from "./canvas-elements";
import { CardDots } from "./card-dots";
import { CardMarks, CornerBadges } from "./card-badges";
import { useCanvasUi } from "./canvas-ui";
import { placeInContainer } from "./plan-add";
import { lineOf } from "./step-facts";

/** 240 × 72: type, name, one line of settings; in a run the result. What it cannot show in words is on its corners. */
export const StepCard = memo(function StepCard({ data, selected, width }: NodeProps<CardNode>) {
  const { step, state, people, connected, readOnly } = data;
  const begun = state !== null && state.status !== "pending";
  return (
    <>
      <div
        className={clsx(
          "step-card relative flex h-[72px] w-full items-center gap-3 overflow-hidden rounded-card border bg-surface px-3 transition-colors duration-[120ms]",
          step.node.disabled === true ? "border-dashed border-control" : "border-hairline",
          selected ? "outline-2 outline-link" : "hover:border-ink-3",
          !selected && people !== "" && "outline-2 outline-ink-3",
          begun && `before:absolute before:inset-y-0 before:left-0 before:w-[3px] ${toneBar[state.face.tone]}`,
        )}
      >
        <CardLines data={data} />
      </div>
      <CornerBadges data={data} />
      <CardDots facts={step.facts} width={width ?? 240} connected={connected} readOnly={readOnly} />
    </>
  );
});

/** A loop: its body stands inside; steps can be dropped into it and dragged out. */
export const LoopBox = memo(function LoopBox({ id, data, selected, width }: NodeProps<CardNode>) {
  const { step, state, people, connected, readOnly } = data;
  const under = useCanvasUi(
    ({ drop }) => drop !== null && drop.edge === null && drop.container === id && drop.from !== id,
  );
  const begun = state !== null && state.status !== "pending";
  return (
    <>
      <div
        className={clsx(
          "relative h-full w-full overflow-hidden rounded-card border bg-[color-mix(in_srgb,var(--surface)_60%,transparent)]",
          step.node.disabled === true ? "border-dashed border-control" : "border-control",
          under && "bg-running-tint outline-2 outline-link",
          selected ? "outline-2 outline-link" : "hover:border-ink-3",
          !selected && people !== "" && "outline-2 outline-ink-3",
          begun && `before:absolute before:inset-y-0 before:left-0 before:w-[3px] ${toneBar[state.face.tone]}`,
        )}
      >
        <div className="flex h-14 items-center gap-3 px-3">
          <CardLines data={data} />
        </div>
        <EmptyBody id={id} readOnly={readOnly} />
      </div>
      <CornerBadges data={data} />
      <CardDots facts={step.facts} width={width ?? 288} connected={connected} readOnly={readOnly} />
    </>
  );
});

function EmptyBody({ id, readOnly }: { id: string; readOnly: boolean }) {
  const actions = useCanvasActions();
  if ((actions.graph().scopes.get(id)?.ids.length ?? 0) > 0) return null;
  return readOnly ? (
    <p className="px-3 py-6 text-center text-dense text-ink-2">Nothing in this loop yet</p>
  ) : (
    <div className="flex justify-center p-4">
      <button
        type="button"
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          actions.openPalette(placeInContainer(actions.graph(), id), { x: left, y: bottom + 6 });
        }}
        className="nodrag inline-flex h-9 items-center gap-2 rounded-control border border-dashed border-control bg-surface px-3 text-dense font-medium text-ink-2 hover:text-ink"
      >
        <Plus size={15} aria-hidden /> Add a step to repeat
      </button>
    </div>
  );
}

function CardLines({ data }: { data: CardData }) {
  const { step, state } = data;
  const { facts } = step;
  const skipped = state?.status === "skipped";
  const begun = state !== null && state.status !== "pending";
  return (
    <>
      <TypeTile icon={facts.icon} color={facts.color} muted={skipped || step.node.disabled === true} />
      <div className={clsx("min-w-0 flex-1", skipped && "opacity-55")}>
        <p className="truncate font-semibold">{facts.title}</p>
        {begun ? <ResultLine state={state} /> : <p className="truncate text-dense text-ink-2">{lineOf(facts)}</p>}
      </div>
      <CardMarks data={data} />
    </>
  );
}
