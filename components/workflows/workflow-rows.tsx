import Link from "next/link";
import type { WorkflowListItem } from "@/core/contracts/workflow";
import { rowLinkClass, RowItem, Rows } from "@/components/ui/rows";
import { Sparkline } from "./sparkline";
import { WorkflowStatusChip } from "./workflow-status-chip";

export function WorkflowRows({ items }: { items: WorkflowListItem[] }) {
  return (
    <Rows aria-label="Workflows">
      {items.map((workflow) => (
        <RowItem
          key={workflow.id}
          className="flex-wrap gap-y-2 md:grid md:grid-cols-[minmax(0,1fr)_100px_132px_120px_96px]"
        >
          <div className="min-w-0 max-md:w-full">
            <Link href={`/workflows/${workflow.slug}`} className={rowLinkClass}>
              {workflow.name}
            </Link>
            <p className="truncate text-dense text-ink-2">
              {workflow.description === "" ? workflow.slug : workflow.description}
            </p>
          </div>
          <span>
            <WorkflowStatusChip workflow={workflow} />
          </span>
          <span className="text-dense text-ink-2">{versionWords(workflow)}</span>
          <span className="max-sm:hidden">
            <Sparkline activity={workflow.activity} />
          </span>
          <span className="text-right text-dense text-ink-2 max-md:ml-auto">
            {workflow.openRuns === 0 ? "No open runs" : `${workflow.openRuns} open`}
          </span>
        </RowItem>
      ))}
    </Rows>
  );
}

/** "v3 live", "v3 live, v4 draft", "v1 draft". */
export function versionWords({
  headVersion,
  publishedVersion,
}: Pick<WorkflowListItem, "headVersion" | "publishedVersion">): string {
  if (publishedVersion === null) return `v${headVersion} draft`;
  return headVersion > publishedVersion
    ? `v${publishedVersion} live, v${headVersion} draft`
    : `v${publishedVersion} live`;
}
