import { Link } from "@/components/ui/link";
import type { RunListItem } from "@/core/contracts/run";
import { RelativeTime } from "@/components/ui/relative-time";
import { rowLinkClass, RowItem, Rows } from "@/components/ui/rows";
import { durationWords } from "@/components/ui/time-words";
import { assigneeWords } from "@/components/graph/step-face";
import { runName } from "./run-id";
import { RunStatusChip } from "./run-status-chip";
import { TestChip } from "./test-chip";
import { triggerWords } from "./trigger-words";
import { runVersionWords } from "./run-version-words";

/** Short id, what it is about, status and age; how long it took once it has ended. */
export function RunRows({ items, showWorkflow = true }: { items: RunListItem[]; showWorkflow?: boolean }) {
  return (
    <Rows aria-label="Runs">
      {items.map((run) => (
        <RowItem
          key={run.id}
          data-run={run.id}
          data-status={run.status}
          className="flex-wrap md:grid md:grid-cols-[96px_minmax(0,1fr)_190px_88px_88px]"
        >
          <Link href={`/runs/${run.id}`} className={`${rowLinkClass} font-mono text-dense`}>
            {runName(run.id)}
          </Link>
          <div className="min-w-0 max-md:order-last max-md:w-full">
            <p className="truncate font-medium">
              {headOf(run, showWorkflow)} <span className="font-normal text-ink-3">{runVersionWords(run.version)}</span>
              {run.test && (
                <span className="ml-2 inline-block align-middle">
                  <TestChip />
                </span>
              )}
            </p>
            <p className="truncate text-dense text-ink-2">{noteOf(run, showWorkflow)}</p>
          </div>
          <span className="max-md:ml-auto">
            <RunStatusChip status={run.status} />
          </span>
          <span className="figures text-right text-dense text-ink-2 max-md:hidden">{tookWords(run)}</span>
          <span className="text-right text-dense text-ink-2">
            <RelativeTime at={run.endedAt ?? run.startedAt ?? run.createdAt} />
          </span>
        </RowItem>
      ))}
    </Rows>
  );
}

function headOf(run: RunListItem, showWorkflow: boolean): string {
  return showWorkflow ? run.workflow.name : (run.subject ?? triggerWords(run));
}

function noteOf(run: RunListItem, showWorkflow: boolean): string {
  const subject = showWorkflow ? (run.subject ?? triggerWords(run)) : triggerWords(run);
  const news = run.failureReason?.replaceAll("_", " ") ?? run.waitingFor?.split(" · ").map(assigneeWords).join(" · ");
  // A test without a subject is called "Test" above already.
  const about = subject === headOf(run, showWorkflow) ? [] : [subject];
  return [...about, ...(news === undefined ? [] : [news])].join(" · ");
}

function tookWords(run: RunListItem): string {
  if (run.startedAt === null || run.endedAt === null) return "";
  return durationWords(Date.parse(run.endedAt) - Date.parse(run.startedAt));
}
