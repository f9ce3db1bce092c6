"use client";
import { Handle, Position } from "@xyflow/react";
import { clsx } from "clsx";
import { branchOffset, errorOffset } from "./handle-places";
import type { StepFacts } from "./step-facts";

/** The way in at the top, the branches along the bottom, and what happens on failure at the right. */
export function CardDots({
  facts,
  width,
  connected,
  readOnly,
}: {
  facts: StepFacts;
  width: number;
  connected: string;
  readOnly: boolean;
}) {
  const taken = new Set(connected.split("\n"));
  const several = facts.branches.length > 1;
  const room = Math.floor(width / Math.max(1, facts.branches.length)) - 4;
  return (
    <>
      {facts.takesInput && (
        <Handle id="in" type="target" position={Position.Top} isConnectable={!readOnly} className="dot" />
      )}
      {facts.branches.map(({ id, label }) => (
        <Handle
          key={id}
          id={id}
          type="source"
          position={Position.Bottom}
          isConnectable={!readOnly}
          className={clsx("dot", taken.has(id) && "taken")}
          style={{ left: branchOffset(facts, id, width) }}
          title={readOnly ? undefined : `${label}: drag to a step, or into the open to add one`}
        />
      ))}
      {facts.branches.map(({ id, label }) =>
        several || (taken.has("error") && taken.has(id)) ? (
          <BranchWord
            key={id}
            label={label}
            taken={taken.has(id)}
            style={{ left: branchOffset(facts, id, width), top: "calc(100% + 9px)", maxWidth: several ? room : 120 }}
          />
        ) : null,
      )}
      {facts.errorHandle && (!readOnly || taken.has("error")) && (
        <>
          <Handle
            id="error"
            type="source"
            position={Position.Right}
            isConnectable={!readOnly}
            className={clsx("dot error", taken.has("error") && "taken")}
            style={{ top: errorOffset }}
            title={readOnly ? undefined : "If it fails: drag to the step that comes then"}
          />
          <span
            aria-hidden
            className={clsx(
              "pointer-events-none absolute left-[calc(100%+10px)] rounded-chip bg-sunken px-1 text-label whitespace-nowrap text-ink-2",
              taken.has("error") ? "-translate-y-5" : "error-word opacity-0 transition-opacity -translate-y-1/2",
            )}
            style={{ top: errorOffset }}
          >
            {facts.errorHandle.label}
          </span>
        </>
      )}
    </>
  );
}

function BranchWord({ label, taken, style }: { label: string; taken: boolean; style: React.CSSProperties }) {
  return (
    <span
      aria-hidden
      title={label}
      style={style}
      className={clsx(
        "pointer-events-none absolute -translate-x-1/2 truncate rounded-chip px-1.5 text-label font-medium",
        taken ? "border border-hairline bg-surface text-ink-2" : "text-ink-3",
      )}
    >
      {label}
    </span>
  );
}
