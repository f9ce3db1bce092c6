"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { RunStatus } from "@/core/run-status";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { RunRows } from "./run-rows";

interface RunListProps {
  filter: { status?: RunStatus[]; workflowId?: string; q?: string; tests?: "hidden" | "shown" | "only" };
  showWorkflow?: boolean;
  /** Shown when nothing matches. */
  empty: ReactNode;
}

const pageSize = 50;

/** Runs, newest first, page after page. */
export function RunList({ filter, showWorkflow = true, empty }: RunListProps) {
  const api = useTRPC();
  const pages = useInfiniteQuery(
    // What was there stays while a new filter loads.
    api.runs.list.infiniteQueryOptions(
      { ...filter, limit: pageSize },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  if (!pages.data) {
    if (!pages.error) return <SkeletonRows rows={8} label="Loading runs" />;
    return (
      <ErrorState title="The runs did not load" message={pages.error.message} onRetry={() => void pages.refetch()} />
    );
  }
  const items = pages.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return empty;
  return (
    <div className="flex flex-col gap-4">
      <RunRows items={items} showWorkflow={showWorkflow} />
      {pages.hasNextPage && (
        <Button className="self-center" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  );
}
