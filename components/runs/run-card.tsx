import type { RunDetail } from "@/core/contracts/run";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { runStatusFaces } from "./run-status";
import { RunStatusChip } from "./run-status-chip";
import { RunTimeline } from "./run-timeline";
import { triggerWords } from "./trigger-words";
import { runVersionWords } from "./run-version-words";

export type RunCardRun = Pick<
  RunDetail,
  "workflow" | "version" | "status" | "createdAt" | "startedAt" | "triggerType" | "triggerLabel" | "steps" | "graph"
>;

/** One run at a glance: what it is, where it stands, and each step with its result. */
export function RunCard({ run }: { run: RunCardRun }) {
  return (
    <Card bar={runStatusFaces[run.status].tone} className="text-left">
      <div className="px-5 pt-4 pb-3">
        <p className="text-label text-ink-3">Workflow</p>
        <h2 className="text-heading font-semibold">{run.workflow.name}</h2>
        <RunFacts run={run} />
      </div>
      <div className="border-t px-5 py-4">
        <RunTimeline steps={run.steps} graph={run.graph} />
      </div>
    </Card>
  );
}

export function RunFacts({ run }: { run: Omit<RunCardRun, "steps" | "graph"> }) {
  const facts = [
    { label: "Version", value: runVersionWords(run.version) },
    { label: "Status", value: <RunStatusChip status={run.status} /> },
    { label: "Started", value: <RelativeTime at={run.startedAt ?? run.createdAt} /> },
    { label: "Trigger", value: triggerWords(run) },
  ];
  return (
    <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-8 gap-y-3 sm:flex sm:flex-wrap sm:gap-x-8">
      {facts.map((fact) => (
        <div key={fact.label} className="min-w-0">
          <dt className="text-label text-ink-3">{fact.label}</dt>
          <dd className="flex h-6 items-center font-medium">{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
