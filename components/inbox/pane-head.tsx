import { Link } from "@/components/ui/link";
import type { ReactNode } from "react";
import type { CountsBy } from "@/core/contracts/calendar";
import { TestChip } from "@/components/runs/test-chip";
import { runVersionWords } from "@/components/runs/run-version-words";
import { DottedLine } from "@/components/ui/dotted-line";
import { DueTime } from "@/components/ui/due-time";
import { RelativeTime } from "@/components/ui/relative-time";
import { VisibleText } from "@/components/ui/visible-text";

interface PaneHeadProps {
  item: {
    headline: string;
    runId: string;
    assignTo: string[];
    requestedBy: string | null;
    createdAt: string;
    dueAt: string | null;
    countsBy?: CountsBy | null;
    test?: boolean;
    workflow: { name: string; version: number };
  };
  /** How it stands. */
  chip: ReactNode;
  /** Somebody is asked now. */
  waits: boolean;
  /** Before the time since which it stands there. */
  since?: string;
}

/** What is open, in a line: how it stands, its sentence, whom it asks, since when and until when, and its run. */
export function PaneHead({ item, chip, waits, since }: PaneHeadProps) {
  return (
    <>
      <span className="flex flex-wrap items-center gap-2">
        {chip}
        {item.test && <TestChip />}
      </span>
      <h2 tabIndex={-1} className="mt-2 rounded-chip text-heading font-semibold [overflow-wrap:anywhere]">
        <VisibleText text={item.headline} />
      </h2>
      <DottedLine
        className="mt-0.5 text-ink-2"
        parts={[
          waits && item.assignTo.length > 0 && `For ${item.assignTo.join(", ")}`,
          item.requestedBy !== null && <VisibleText key="by" text={`Asked by ${item.requestedBy}`} />,
          <RelativeTime key="since" at={item.createdAt} {...(since === undefined ? {} : { prefix: since })} />,
          waits && item.dueAt !== null && <DueTime key="due" at={item.dueAt} countsBy={item.countsBy ?? null} />,
          <Link key="run" href={`/runs/${item.runId}`} className="text-link underline underline-offset-2">
            {item.workflow.name} {runVersionWords(item.workflow.version)}
          </Link>,
        ]}
      />
    </>
  );
}
