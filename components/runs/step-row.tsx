"use client";
import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import type { RunStep } from "@/core/contracts/run";
import type { WorkflowGraph } from "@/core/workflow/graph";
import { useClock } from "@/components/ui/clock";
import { toneText } from "@/components/ui/tone";
import { TypeTile } from "@/components/ui/type-tile";
import { durationWords, worthSayingMs } from "@/components/ui/time-words";
import { resultLine, stepFace, waitingLine } from "@/components/graph/step-face";

interface StepRowProps {
  step: RunStep;
  node: WorkflowGraph["nodes"][number] | undefined;
  toggle: { isOpen: boolean; onToggle: () => void } | null;
}

/** Type badge and title, below them what the step does, at the right what came of it. */
export function StepRow({ step, node, toggle }: StepRowProps) {
  const idle = step.status === "pending" || step.status === "skipped" || step.status === "cancelled";
  return (
    <div className="flex gap-3">
      <TypeTile icon={node?.icon ?? "box"} color={node?.color ?? "other"} muted={idle} />
      <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <div className="min-w-0 flex-[1_1_220px]">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span
              className={clsx(
                "font-semibold",
                idle && "font-medium text-ink-2",
                step.status === "skipped" && "line-through decoration-control",
              )}
            >
              {toggle ? <TitleButton name={step.name} {...toggle} /> : step.name}
              {step.iteration !== "" && (
                <span className="ml-1.5 text-label font-normal text-ink-3">item {step.iteration}</span>
              )}
            </span>
            <span className="rounded-chip bg-quiet-tint px-1.5 font-mono text-label text-quiet">{step.type}</span>
          </p>
          <SecondLine step={step} />
        </div>
        <StepResult step={step} />
      </div>
    </div>
  );
}

function TitleButton({ name, isOpen, onToggle }: { name: string; isOpen: boolean; onToggle: () => void }) {
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      onClick={onToggle}
      className="inline-flex items-center gap-1 rounded-chip text-left hover:underline"
    >
      {name}
      <ChevronRight
        size={14}
        aria-hidden
        className={clsx("shrink-0 text-ink-3 transition-transform duration-[180ms]", isOpen && "rotate-90")}
      />
    </button>
  );
}

function SecondLine({ step }: { step: RunStep }) {
  const now = useClock();
  if (step.waiting)
    return (
      <p suppressHydrationWarning className="text-dense text-ink-2">
        {waitingLine(step.waiting, now)}
      </p>
    );
  // An action or an expression is read letter by letter; words ("WhatsApp + Email") are not.
  const code = /^[\w-]+(?:\.[\w-]+)+$|[=<>!&|(]/.test(step.detail);
  return (
    <p className={clsx("text-ink-2 [overflow-wrap:anywhere]", code ? "font-mono text-label leading-5" : "text-dense")}>
      {step.detail}
    </p>
  );
}

function StepResult({ step }: { step: RunStep }) {
  const line = resultLine(step);
  if (line === "") return null;
  const face = stepFace(step);
  const showsDuration =
    step.status === "completed" &&
    step.summary !== null &&
    step.durationMs !== null &&
    step.durationMs >= worthSayingMs;
  return (
    <p className={clsx("flex max-w-full min-w-0 items-start gap-1.5 text-dense font-medium", toneText[face.tone])}>
      <face.icon size={15} aria-hidden className={clsx("mt-0.5 shrink-0", face.spin && "animate-turn")} />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {line}
        {showsDuration && (
          <span className="figures ml-1.5 font-normal text-ink-3">{durationWords(step.durationMs ?? 0)}</span>
        )}
      </span>
    </p>
  );
}
