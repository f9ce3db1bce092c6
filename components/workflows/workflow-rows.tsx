import { clsx } from "clsx";
import { Tag } from "lucide-react";
import { Link } from "@/components/ui/link";
import type { ReactNode } from "react";
import type { WorkflowListItem } from "@/core/contracts/workflow";
import { DottedLine } from "@/components/ui/dotted-line";
import { RelativeTime } from "@/components/ui/relative-time";
import { rowLinkClass, RowItem, Rows } from "@/components/ui/rows";
import { Sparkline } from "./sparkline";
import { WorkflowStatusChip } from "./workflow-status-chip";

interface WorkflowRowsProps {
  items: readonly WorkflowListItem[];
  /** With it, rows can be ticked. */
  selection?: { slugs: ReadonlySet<string>; toggle: (slug: string) => void };
  menu?: (workflow: WorkflowListItem) => ReactNode;
}

export function WorkflowRows({ items, selection, menu }: WorkflowRowsProps) {
  return (
    <Rows aria-label="Workflows">
      {items.map((workflow) => (
        <RowItem
          key={workflow.id}
          className={clsx(
            "flex-wrap gap-y-2 lg:grid",
            selection
              ? "lg:grid-cols-[auto_minmax(0,1fr)_132px_116px_96px_auto]"
              : "lg:grid-cols-[minmax(0,1fr)_132px_116px_96px_auto]",
            selection?.slugs.has(workflow.slug) && "bg-sunken",
          )}
        >
          {selection && (
            <label className="relative z-10 -m-2 inline-flex size-9 items-center justify-center max-sm:size-11">
              <input
                type="checkbox"
                aria-label={`Select ${workflow.name}`}
                checked={selection.slugs.has(workflow.slug)}
                onChange={() => selection.toggle(workflow.slug)}
                className="size-4 accent-ink"
              />
            </label>
          )}
          <div className="min-w-0 flex-1 max-lg:basis-2/3">
            <Link href={`/workflows/${workflow.slug}`} className={rowLinkClass}>
              {workflow.name}
            </Link>
            <p className="truncate text-dense text-ink-2">
              {workflow.description === "" ? workflow.slug : workflow.description}
            </p>
            <DottedLine
              className="mt-0.5 text-label text-ink-3"
              parts={[
                workflow.folder,
                workflow.owner.name,
                workflow.nextRunAt !== null && (
                  <RelativeTime key="next" ahead at={workflow.nextRunAt} prefix="next run " />
                ),
                workflow.tags.length > 0 && (
                  <span key="tags" className="inline-flex items-center gap-1">
                    <Tag size={11} aria-hidden />
                    <span className="sr-only">Tags: </span>
                    {workflow.tags.join(", ")}
                  </span>
                ),
              ]}
            />
          </div>
          <span className="flex flex-col items-start gap-1">
            <WorkflowStatusChip workflow={workflow} />
            <span className="text-label text-ink-2">{versionWords(workflow)}</span>
          </span>
          <span className="max-sm:hidden">
            <Sparkline activity={workflow.activity} />
          </span>
          <span className="text-right text-dense text-ink-2 max-lg:ml-auto">
            {workflow.openRuns === 0 ? "No open runs" : `${workflow.openRuns} open`}
          </span>
          {menu && <span className="relative z-10">{menu(workflow)}</span>}
        </RowItem>
      ))}
    </Rows>
  );
}

/** "v3 live", "v3 live, v4 draft", "v1 draft". Edits since the newest version are the draft of the next one. */
export function versionWords({
  headVersion,
  publishedVersion,
  hasDraft = false,
}: Pick<WorkflowListItem, "headVersion" | "publishedVersion"> & { hasDraft?: boolean }): string {
  if (publishedVersion === null) return `v${headVersion} draft`;
  if (headVersion > publishedVersion) return `v${publishedVersion} live, v${headVersion} draft`;
  return hasDraft ? `v${publishedVersion} live, v${headVersion + 1} draft` : `v${publishedVersion} live`;
}
