"use client";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Rows } from "@/components/ui/rows";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { queryOf } from "./activity-filter";
import { ActivityRow } from "./activity-row";

const pageSize = 50;

/** Lines, newest first, page after page. What came since is counted, and shown when somebody asks: nothing moves under their eyes. */
export function ActivityList({ query, empty }: { query: ReturnType<typeof queryOf>; empty: ReactNode }) {
  const api = useTRPC();
  const pages = useInfiniteQuery(
    api.audit.list.infiniteQueryOptions(
      { ...query, limit: pageSize },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  const entries = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const [first] = entries;
  const newer = useQuery(
    api.audit.newer.queryOptions(
      { ...query, than: { at: first?.at ?? new Date(0).toISOString(), id: first?.id ?? "0" } },
      { enabled: pages.data !== undefined && !pages.isPlaceholderData },
    ),
  );
  if (!pages.data) {
    if (!pages.error) return <SkeletonRows rows={8} label="Loading the activity" />;
    return (
      <ErrorState
        title="The activity did not load"
        message={pages.error.message}
        onRetry={() => void pages.refetch()}
      />
    );
  }
  const count = newer.data?.count ?? 0;
  return (
    <div className="flex flex-col gap-3">
      <div role="status" className="empty:hidden">
        {count > 0 && (
          <Button
            busy={pages.isRefetching}
            icon={<RefreshCw size={15} aria-hidden />}
            onClick={() => void pages.refetch().then(() => newer.refetch())}
          >
            {newerWords(count)}
          </Button>
        )}
      </div>
      {entries.length === 0 ? (
        empty
      ) : (
        <Rows aria-label="Activity" className={pages.isPlaceholderData ? "opacity-60" : ""}>
          {entries.map((entry) => (
            <ActivityRow key={entry.id} entry={entry} />
          ))}
        </Rows>
      )}
      {pages.isFetchNextPageError && (
        <p role="alert" className="text-center text-dense text-failed">
          More did not load: {pages.error.message}
        </p>
      )}
      {pages.hasNextPage && (
        <Button className="self-center" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  );
}

function newerWords(count: number): string {
  if (count === 1) return "Show 1 new entry";
  return count > 100 ? "Show more than 100 new entries" : `Show ${String(count)} new entries`;
}
