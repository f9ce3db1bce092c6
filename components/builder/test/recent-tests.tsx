"use client";
import { clsx } from "clsx";
import type { TestBench } from "@/core/contracts/test-run";
import { runName } from "@/components/runs/run-id";
import { RunStatusChip } from "@/components/runs/run-status-chip";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { RelativeTime } from "@/components/ui/relative-time";

const shown = 8;

/** Earlier runs; choosing one shows its results on the canvas and in the fields. */
export function RecentTests({ runs }: { runs: TestBench["runs"] }) {
  const store = useBuilderStore();
  const current = useBuilder((state) => state.sampleRun?.runId ?? null);
  return (
    <ul className="-mx-2 flex flex-col">
      {runs.slice(0, shown).map((run) => (
        <li key={run.id} className="border-b last:border-b-0">
          <button
            type="button"
            aria-pressed={run.id === current}
            onClick={() =>
              store.getState().setSampleRun({ runId: run.id, test: run.test, input: run.input, steps: [] })
            }
            className={clsx(
              "flex min-h-10 w-full flex-wrap items-center gap-x-3 gap-y-1 rounded-control px-2 py-1 text-left text-dense focus-visible:-outline-offset-2 hover:bg-sunken max-sm:min-h-11",
              run.id === current && "bg-sunken",
            )}
          >
            <span className="font-mono">{runName(run.id)}</span>
            <RunStatusChip status={run.status} />
            {!run.test && <span className="text-ink-3">real run</span>}
            <span className="ml-auto text-ink-2">
              <RelativeTime at={run.createdAt} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
