"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { RunDetail } from "@/core/contracts/run";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { RunTimeline } from "./run-timeline";

type Left = NonNullable<RunDetail["moreSteps"]>;

/** The steps of long loops, page after page, for those who ask. */
export function MoreSteps({ run, left }: { run: Pick<RunDetail, "id" | "graph" | "steps">; left: Left }) {
  const [wanted, setWanted] = useState(false);
  const api = useTRPC();
  const pages = useInfiniteQuery(
    api.runs.loopSteps.infiniteQueryOptions(
      { id: run.id },
      { enabled: wanted, initialCursor: left.after, getNextPageParam: (page) => page.nextAfter },
    ),
  );
  const shown = new Set(run.steps.map(({ key }) => key));
  const steps = pages.data?.pages.flatMap((page) => page.steps).filter(({ key }) => !shown.has(key)) ?? [];
  const missing = Math.max(0, left.count - steps.length);
  return (
    <div className="flex flex-col gap-3 pt-4">
      {steps.length > 0 && <RunTimeline steps={steps} graph={run.graph} expandable runId={run.id} />}
      {pages.error && <Notice tone="failed">{pages.error.message}</Notice>}
      {(!wanted || pages.hasNextPage || pages.isFetching) && (
        <Button
          className="self-center"
          busy={pages.isFetching}
          onClick={() => {
            if (wanted) void pages.fetchNextPage();
            else setWanted(true);
          }}
        >
          {`Show more of ${missing.toLocaleString("en")} steps in loops`}
        </Button>
      )}
    </div>
  );
}
