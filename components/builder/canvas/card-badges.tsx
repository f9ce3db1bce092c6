"use client";
import { clsx } from "clsx";
import { CircleAlert, Pin, PowerOff, StickyNote, TriangleAlert, UserRound } from "lucide-react";
import { Tooltip } from "@/components/ui/tooltip";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import type { CardData } from "./canvas-elements";

/** What hangs on the corners of a card: problems, who else is here, where runs begin. */
export function CornerBadges({ data }: { data: CardData }) {
  const store = useBuilderStore();
  const { step, problems, errors, people } = data;
  return (
    <>
      {step.first && step.facts.takesInput && (
        <span className="pointer-events-none absolute -top-6 left-0 text-label font-medium text-ink-2">
          {step.container === null ? "Runs begin here" : "First"}
        </span>
      )}
      {problems > 0 && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={problems === 1 ? "1 problem" : `${problems} problems`}
          title={problems === 1 ? "1 problem: show it" : `${problems} problems: show them`}
          onClick={(event) => {
            event.stopPropagation();
            store.getState().select([step.id]);
            store.getState().openPanel("problems");
          }}
          className={clsx(
            "nodrag absolute -top-3 -right-2 inline-flex h-6 min-w-6 items-center justify-center gap-1 rounded-full px-1.5 text-label font-semibold",
            errors > 0 ? "bg-failed text-surface" : "border border-control bg-surface text-ink-2",
          )}
        >
          {errors > 0 ? (
            <CircleAlert size={13} strokeWidth={2.5} aria-hidden />
          ) : (
            <TriangleAlert size={12} strokeWidth={2.25} aria-hidden />
          )}
          <span className="figures">{problems}</span>
        </button>
      )}
      {people !== "" && (
        <span className="absolute -bottom-3 left-3 inline-flex max-w-[200px] items-center gap-1 rounded-chip bg-ink px-1.5 py-0.5 text-label font-medium text-ground">
          <UserRound size={12} aria-hidden className="shrink-0" />
          <span className="truncate">{people}</span>
        </span>
      )}
    </>
  );
}

/** Small marks at the right of a card's lines: off, pinned output, a note. */
export function CardMarks({ data }: { data: CardData }) {
  const { node } = data.step;
  const note = node.note?.trim() ?? "";
  if (node.disabled !== true && !data.pinned && note === "") return null;
  return (
    <span className="flex shrink-0 items-center gap-1 self-start pt-3.5 text-ink-3">
      {node.disabled === true && (
        <span className="inline-flex items-center gap-1 rounded-chip bg-quiet-tint px-1.5 text-label font-medium text-quiet">
          <PowerOff size={12} aria-hidden /> Off
        </span>
      )}
      {data.pinned && (
        <Tooltip text="Tests use the pinned output of this step">
          <span role="img" aria-label="Output pinned" className="inline-flex size-5 items-center justify-center">
            <Pin size={14} aria-hidden />
          </span>
        </Tooltip>
      )}
      {note !== "" && (
        <Tooltip text={note}>
          <span role="img" aria-label={`Note: ${note}`} className="inline-flex size-5 items-center justify-center">
            <StickyNote size={14} aria-hidden />
          </span>
        </Tooltip>
      )}
    </span>
  );
}
