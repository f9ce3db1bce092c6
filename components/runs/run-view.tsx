"use client";
import { Link } from "@/components/ui/link";
import type { ReactNode } from "react";
import type { RunDetail, RunStep } from "@/core/contracts/run";
import { WorkflowDrawing } from "@/components/graph/workflow-drawing";
import { Page } from "@/components/shell/page-header";
import { Card } from "@/components/ui/card";
import { EvidenceMenu } from "@/components/ui/evidence-menu";
import { Notice } from "@/components/ui/notice";
import { MoreSteps } from "./more-steps";
import { hidesSomething, RevealAction } from "./reveal-action";
import { RestoreAction } from "./restore-action";
import { RunFacts } from "./run-card";
import { RunEvents } from "./run-events";
import { runName } from "./run-id";
import { RunNews } from "./run-news";
import { runStatusFaces } from "./run-status";
import { RunTimeline } from "./run-timeline";
import { ShownValue } from "./shown-value";
import { TestChip } from "./test-chip";

/** The run card with everything behind it: timeline, drawing, data, events. */
export function RunView({ run, problem, actions }: { run: RunDetail; problem: string | null; actions: ReactNode }) {
  return (
    <Page>
      <nav aria-label="Where you are" className="mb-3 flex items-center gap-1.5 text-dense text-ink-2">
        <Link href="/runs" className="hover:underline">
          Runs
        </Link>
        <span aria-hidden>/</span>
        <span className="font-mono">{runName(run.id)}</span>
      </nav>
      <Card bar={runStatusFaces[run.status].tone} className="mb-6 px-5 py-4">
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="min-w-0">
            <p className="text-label text-ink-3">Workflow</p>
            <h1 className="text-heading font-semibold">
              <Link href={`/workflows/${run.workflow.slug}`} className="hover:underline">
                {run.workflow.name}
              </Link>
            </h1>
            {run.test && <TestChip />}
            {run.subject !== null && <p className="text-ink-2 [overflow-wrap:anywhere]">{run.subject}</p>}
          </div>
          <div className="flex flex-wrap gap-2">{actions}</div>
        </div>
        <RunFacts run={run} />
        {problem !== null && (
          <div className="mt-4">
            <Notice tone="failed">{problem}</Notice>
          </div>
        )}
        <RunNews run={run} />
      </Card>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Panel title="Steps">
          <RunTimeline steps={run.steps} graph={run.graph} expandable action={stepActions(run)} runId={run.id} />
          {run.moreSteps && <MoreSteps run={run} left={run.moreSteps} />}
        </Panel>
        <div className="flex min-w-0 flex-col gap-6">
          <WorkflowDrawing
            graph={run.graph}
            steps={run.steps}
            label={`Drawing of ${run.workflow.name}`}
            height="h-[420px] lg:h-[560px]"
          />
          <Panel title="Input">
            <ShownValue label="Input of the run" value={run.input} side="input" cut={cutOf(run, "input")} />
          </Panel>
          {run.output !== null && (
            <Panel title="Output">
              <ShownValue label="Output of the run" value={run.output} side="output" cut={cutOf(run, "output")} />
            </Panel>
          )}
          <Panel title="Events">
            <RunEvents events={run.events} />
          </Panel>
        </div>
      </div>
    </Page>
  );
}

function cutOf(run: RunDetail, side: "input" | "output"): { runId: string; stepId: null } | null {
  return run.cut.includes(side) ? { runId: run.id, stepId: null } : null;
}

/** What can be done from a step: a new run after every call and wait that is over, for those who may, and the evidence of a decision. */
function stepActions(run: RunDetail): (step: RunStep) => ReactNode {
  return (step) => {
    const { id, name, nodeId, snapshot } = step;
    const reveals = run.mayReveal && hidesSomething(step);
    const decided = decisionsAt(run, nodeId);
    const restores = run.mayRestore && snapshot && id !== null;
    if (decided.length === 0 && !restores && !reveals) return null;
    return (
      <div className="flex flex-wrap gap-2">
        {restores && <RestoreAction runId={run.id} snapshotId={id} name={name} />}
        {reveals && <RevealAction runId={run.id} step={step} />}
        {decided.length === 1 && <EvidenceMenu address={`/api/v1/approvals/${String(decided[0])}/evidence`} />}
      </div>
    );
  };
}

/** Approvals that were decided at a node. In a loop they are several, and each is in the inbox. */
function decisionsAt(run: RunDetail, nodeId: string): string[] {
  const ids = run.events.flatMap(({ type, data }) =>
    (type === "approval.approved" || type === "approval.rejected") && data["node_id"] === nodeId
      ? [data["waitpoint_id"]]
      : [],
  );
  return [...new Set(ids.filter((each) => typeof each === "string"))];
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0 rounded-card border border-hairline bg-surface px-5 py-4">
      <h2 className="mb-3 text-dense font-semibold text-ink-2">{title}</h2>
      {children}
    </section>
  );
}
