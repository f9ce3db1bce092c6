import type { WorkflowDetail } from "@/core/contracts/workflow";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowItem, Rows } from "@/components/ui/rows";

interface VersionRowsProps {
  versions: WorkflowDetail["versions"];
  /** Null for those who may not. */
  onRollBack: ((version: number) => void) | null;
}

/** Newest first: number, whether it is current, note, author, age, and the way back to it. */
export function VersionRows({ versions, onRollBack }: VersionRowsProps) {
  return (
    <Rows aria-label="Version history">
      {versions.map((version) => (
        <RowItem key={version.number} className="flex-wrap gap-y-1.5">
          <span className="flex items-center gap-2.5 font-semibold md:w-28">
            v{version.number} {version.isCurrent && <Chip tone="completed">Current</Chip>}
          </span>
          <span className="min-w-0 flex-1 max-md:order-1 max-md:basis-full">
            <span className="block [overflow-wrap:anywhere]">
              {version.note === "" ? <span className="text-ink-3">No note</span> : version.note}
            </span>
            <span className="text-dense text-ink-2">
              {version.author}
              {version.openRuns > 0 && ` · ${version.openRuns === 1 ? "1 run" : `${version.openRuns} runs`} on it`}
            </span>
          </span>
          <span className="text-dense text-ink-2 max-md:ml-auto">
            <RelativeTime at={version.publishedAt ?? version.createdAt} />
          </span>
          <span className="text-right max-md:order-2 empty:hidden md:w-24 md:empty:block">
            {onRollBack !== null && !version.isCurrent && version.publishedAt !== null && (
              <Button
                size="dense"
                aria-label={`Roll back to v${version.number}`}
                onClick={() => onRollBack(version.number)}
              >
                Roll back
              </Button>
            )}
            {version.publishedAt === null && <span className="text-dense text-ink-3">Draft</span>}
          </span>
        </RowItem>
      ))}
    </Rows>
  );
}
