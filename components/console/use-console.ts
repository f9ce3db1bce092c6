import { skipToken, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useEffect } from "react";
import type { ThreadEntry } from "@/core/contracts/console";
import { searchable } from "@/components/inbox/use-inbox";
import { useTRPC } from "@/components/trpc";
import type { ConsoleView } from "./console-href";

/** The queue, page after page. */
export function useQueue(view: ConsoleView, search: string) {
  const api = useTRPC();
  const asked = useDeferredValue(searchable(search));
  const pages = useInfiniteQuery(
    api.console.list.infiniteQueryOptions(
      { view, ...(asked !== "" && { search: asked }) },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  return {
    /** Null until they came. */
    items: pages.data?.pages.flatMap(({ items }) => items) ?? null,
    problem: pages.data ? null : (pages.error?.message ?? null),
    retry: () => void pages.refetch(),
    more: pages.hasNextPage ? { busy: pages.isFetchingNextPage, load: () => void pages.fetchNextPage() } : null,
  };
}

/** What stands beside the thread; nothing for null. */
export function useConversation(id: string | null) {
  const api = useTRPC();
  return useQuery(api.console.get.queryOptions(id === null ? skipToken : { id }));
}

/** What was said and noted, oldest first; `earlier` loads the page before. */
export function useThread(id: string) {
  const api = useTRPC();
  const pages = useInfiniteQuery(
    api.console.thread.infiniteQueryOptions({ id }, { getNextPageParam: (page) => page.nextCursor }),
  );
  const entries: ThreadEntry[] | null = pages.data?.pages.flatMap(({ items }) => items).toReversed() ?? null;
  return {
    entries,
    problem: pages.data ? null : (pages.error?.message ?? null),
    retry: () => void pages.refetch(),
    earlier: pages.hasNextPage ? { busy: pages.isFetchingNextPage, load: () => void pages.fetchNextPage() } : null,
  };
}

/** What stands on the screen is read: marks it whenever something of the customer's is new. */
export function useSeen(id: string, latest: string | null): void {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const { mutate } = useMutation(
    api.console.seen.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries({ queryKey: api.console.list.pathKey() }),
    }),
  );
  useEffect(() => {
    if (latest !== null) mutate({ id });
  }, [id, latest, mutate]);
}
