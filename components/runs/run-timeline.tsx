"use client";
import { useState, type ReactNode } from "react";
import type { RunStep } from "@/core/contracts/run";
import type { WorkflowGraph } from "@/core/workflow/graph";
import { Button } from "@/components/ui/button";
import { foldSteps, foldWords, isFold, unfoldedAtOnce } from "./fold-steps";
import { StepDetails } from "./step-details";
import { StepRow } from "./step-row";

interface RunTimelineProps {
  steps: RunStep[];
  graph: WorkflowGraph;
  /** Whether a step opens to show its input, output and attempts. */
  expandable?: boolean;
  /** What can be done from an open step. */
  action?: (step: RunStep) => ReactNode;
  /** Of whose steps values that were cut can be asked for. */
  runId?: string;
}

export function RunTimeline({ steps, graph, expandable = false, action, runId }: RunTimelineProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map());
  const entries = foldSteps(steps, shown, open);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const toggle = (key: string) => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  return (
    <ol className="flex flex-col">
      {entries.map((step, position) => {
        if (isFold(step))
          return (
            <li key={`fold ${step.key}`} className="pb-4 pl-9">
              <Button
                onClick={() => setShown(new Map(shown).set(step.key, (shown.get(step.key) ?? 0) + unfoldedAtOnce))}
              >
                {foldWords(step)} · show {Math.min(unfoldedAtOnce, step.steps.length)}
              </Button>
            </li>
          );
        const isOpen = open.has(step.key);
        return (
          <li key={step.key} data-step={step.key} data-status={step.status} className="relative pb-4 last:pb-0">
            {position < entries.length - 1 && (
              <span aria-hidden className="absolute top-7 bottom-0 left-3 w-px -translate-x-1/2 bg-hairline" />
            )}
            <StepRow
              step={step}
              node={nodes.get(step.nodeId)}
              toggle={
                expandable && (step.status !== "pending" || step.attempt > 0)
                  ? { isOpen, onToggle: () => toggle(step.key) }
                  : null
              }
            />
            {isOpen && <StepDetails step={step} action={action?.(step)} runId={runId ?? null} />}
          </li>
        );
      })}
    </ol>
  );
}
