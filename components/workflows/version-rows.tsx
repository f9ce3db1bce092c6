import type { ReactNode } from "react";
import type { WorkflowDetail } from "@/core/contracts/workflow";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowItem, Rows } from "@/components/ui/rows";

interface VersionRowsProps {
  versions: WorkflowDetail["versions"];
  /** What is edited at the moment, under the number it will get. */
  draft?: { number: number; updatedAt: string; updatedBy: string | null } | null;
  /** Null for those who may not. */
  onRollBack: ((version: number) => void) | null;
  /** A box in front of each row, to choose two for a comparison. */
  choice?: (side: number | "draft") => ReactNode;
  /** A menu behind each row. */
  menu?: (side: number | "draft") => ReactNode;
}

/** Newest first: number, whether it is current, note, author, age, and the way back to it. */
export function VersionRows({ versions, draft = null, onRollBack, choice, menu }: VersionRowsProps) {
  return (
    <Rows aria-label="Version history">
      {draft !== null && (
        <VersionRow
          title={`v${draft.number}`}
          badge={<Chip>Draft</Chip>}
          note="Not published yet"
          detail={draft.updatedBy === null ? "" : `Last edit by ${draft.updatedBy}`}
          at={draft.updatedAt}
          choice={choice?.("draft")}
          menu={menu?.("draft")}
        />
      )}
      {versions.map((version) => (
        <VersionRow
          key={version.number}
          title={`v${version.number}`}
          badge={badgeOf(version)}
          note={version.note}
          detail={`${version.author}${runsOn(version.openRuns)}`}
          at={version.publishedAt ?? version.createdAt}
          choice={choice?.(version.number)}
          menu={menu?.(version.number)}
          action={
            onRollBack !== null &&
            !version.isCurrent &&
            version.publishedAt !== null && (
              <Button
                size="dense"
                className="max-sm:h-11"
                aria-label={`Roll back to v${version.number}`}
                onClick={() => onRollBack(version.number)}
              >
                Roll back
              </Button>
            )
          }
        />
      ))}
    </Rows>
  );
}

interface VersionRowProps {
  title: string;
  badge: ReactNode;
  note: string;
  detail: string;
  at: string;
  choice?: ReactNode;
  action?: ReactNode;
  menu?: ReactNode;
}

function VersionRow({ title, badge, note, detail, at, choice, action, menu }: VersionRowProps) {
  return (
    <RowItem className="flex-wrap gap-y-1.5">
      {choice}
      <span className="flex items-center gap-2.5 font-semibold md:w-28">
        {title} {badge}
      </span>
      <span className="min-w-0 flex-1 max-md:order-1 max-md:basis-full">
        <span className="block [overflow-wrap:anywhere]">
          {note === "" ? <span className="text-ink-3">No note</span> : note}
        </span>
        <span className="text-dense text-ink-2">{detail}</span>
      </span>
      <span className="text-dense text-ink-2 max-md:ml-auto">
        <RelativeTime at={at} />
      </span>
      <span className="flex justify-end gap-1 max-md:order-2 empty:hidden md:w-32 md:empty:block">
        {action}
        {menu}
      </span>
    </RowItem>
  );
}

function badgeOf({ isCurrent, publishedAt }: WorkflowDetail["versions"][number]): ReactNode {
  if (isCurrent) return <Chip tone="completed">Current</Chip>;
  return publishedAt === null ? <Chip>Draft</Chip> : null;
}

/** " · 12 runs on it": runs that have not ended and will finish on this version. */
function runsOn(openRuns: number): string {
  if (openRuns === 0) return "";
  return ` · ${openRuns === 1 ? "1 run" : `${openRuns} runs`} on it`;
}
