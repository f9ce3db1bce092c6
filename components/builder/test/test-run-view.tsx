"use client";
import { useQuery } from "@tanstack/react-query";
import { ArrowUpRight, Ban } from "lucide-react";
import { Link } from "@/components/ui/link";
import type { RunDetail } from "@/core/contracts/run";
import { useTRPC } from "@/components/trpc";
import { RunStatusChip } from "@/components/runs/run-status-chip";
import { RunTimeline } from "@/components/runs/run-timeline";
import { TestChip } from "@/components/runs/test-chip";
import { runVersionWords } from "@/components/runs/run-version-words";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { JsonView } from "@/components/ui/json-view";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { durationWords } from "@/components/ui/time-words";
import { useCancelTest } from "./use-cancel-test";
import { WaitingCard } from "./waiting-card";

/** The run that is shown: what it waits for first, then each step with its result. */
export function TestRunView({ runId, mayAct }: { runId: string; mayAct: boolean }) {
  const api = useTRPC();
  const run = useQuery(api.runs.get.queryOptions({ id: runId }));
  if (run.data) return <ShownRun run={run.data} mayAct={mayAct && run.data.test} />;
  if (run.error) return <Notice tone="failed">{run.error.message}</Notice>;
  return <SkeletonRows rows={4} label="Loading the run" />;
}

function ShownRun({ run, mayAct }: { run: RunDetail; mayAct: boolean }) {
  const cancel = useCancelTest(run.id);
  const waiting = run.steps.filter((step) => step.waiting !== null);
  const reached = run.steps.filter((step) => step.status !== "pending");
  return (
    <div className="flex flex-col gap-4" data-run={run.id} data-status={run.status}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span role="status" className="inline-flex items-center gap-2">
          <RunStatusChip status={run.status} />
        </span>
        {run.test ? <TestChip /> : <Chip>{runVersionWords(run.version)}</Chip>}
        <Link
          href={`/runs/${run.id}`}
          className="ml-auto inline-flex min-h-7 items-center gap-1 text-dense text-link underline underline-offset-2"
        >
          Open the run <ArrowUpRight size={14} aria-hidden />
        </Link>
        <p className="w-full text-dense text-ink-2">
          <RelativeTime at={run.startedAt ?? run.createdAt} prefix="Started " />
          {run.endedAt !== null && `, took ${durationWords(tookMs(run))}`}
        </p>
      </div>
      {mayAct && waiting.map((step) => <WaitingCard key={step.waiting?.waitpointId} runId={run.id} step={step} />)}
      {run.error && <FailedAt error={run.error} />}
      <RunTimeline steps={reached} graph={run.graph} expandable />
      {run.output !== null && (
        <div>
          <h3 className="mb-1 text-label font-medium text-ink-3">Output</h3>
          <JsonView label="Output of the run" value={run.output} />
        </div>
      )}
      {cancel.problem !== null && <Notice tone="failed">{cancel.problem}</Notice>}
      {mayAct && run.allowed.includes("cancel") && (
        <Button
          look="quiet"
          size="dense"
          className="self-start"
          icon={<Ban size={14} aria-hidden />}
          busy={cancel.busy}
          onClick={cancel.cancel}
        >
          Cancel this test
        </Button>
      )}
    </div>
  );
}

function FailedAt({ error }: { error: NonNullable<RunDetail["error"]> }) {
  const store = useBuilderStore();
  const { nodeId } = error;
  return (
    <Notice
      tone="failed"
      action={
        nodeId !== null && (
          <Button size="dense" onClick={() => store.getState().openStep(nodeId)}>
            Show the step
          </Button>
        )
      }
    >
      {error.message}
    </Notice>
  );
}

function tookMs(run: RunDetail): number {
  return Date.parse(run.endedAt ?? run.createdAt) - Date.parse(run.startedAt ?? run.createdAt);
}
