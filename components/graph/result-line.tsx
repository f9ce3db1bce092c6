"use client";
import { clsx } from "clsx";
import { useClock } from "@/components/ui/clock";
import { clockWords } from "@/components/ui/time-words";
import { toneText } from "@/components/ui/tone";
import { assigneeWords } from "./step-face";
import type { NodeState } from "./node-state";

/** Takes the place of the summary on a card once its step has begun. */
export function ResultLine({ state }: { state: NodeState }) {
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
