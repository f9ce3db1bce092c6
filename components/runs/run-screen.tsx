"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Page } from "@/components/shell/page-header";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { RunActions } from "./run-actions";
import { RunView } from "./run-view";

export function RunScreen({ id }: { id: string }) {
  const api = useTRPC();
  const run = useQuery(api.runs.get.queryOptions({ id }));
  const [problem, setProblem] = useState<string | null>(null);
  if (!run.data)
    return (
      <Page>
        {run.error ? (
          <ErrorState title="This run did not load" message={run.error.message} onRetry={() => void run.refetch()} />
        ) : (
          <SkeletonRows rows={8} label="Loading the run" />
        )}
      </Page>
    );
  return <RunView run={run.data} problem={problem} actions={<RunActions run={run.data} onProblem={setProblem} />} />;
}
